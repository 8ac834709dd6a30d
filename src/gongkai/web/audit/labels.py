"""The words of the trail: what each act, subject and fact is called on the screen.

An act or subject without a word here is shown by its slug, and a test fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Field

from gongkai.core.forms import editions
from gongkai.web.audit.models import AuditEntry

ACTS = {
    "item.read": "看信息",
    "item.draft": "起草",
    "item.edit": "改稿",
    "item.submit": "送审",
    "item.recall": "撤回送审",
    "item.discard": "作废",
    "item.restore": "恢复作废的稿",
    "item.review_section": "科室审核",
    "item.review_secrecy": "保密审查",
    "item.answer_finding": "答复检查发现",
    "item.redact": "脱密处理",
    "item.approve": "签发",
    "item.return": "退回",
    "item.schedule": "定时发布",
    "item.publish": "发布",
    "item.keep": "不主动公开",
    "item.correct": "更正",
    "item.withdraw": "撤回发布",
    "item.reassess": "定期评估",
    "item.declare_validity": "有效性",
    "item.validity_changed": "有效性到期变化",
    "item.record_release": "登记其他渠道",
    "item.attach": "加附件",
    "item.detach": "去掉附件",
    "item.export": "导出信息",
    "item.import": "导入信息",
    "request.submit": "网上提交申请",
    "request.hand_in": "申请人来件",
    "request.read_letter": "申请人看文书",
    "request.read": "看申请",
    "request.register": "登记申请",
    "request.confirm": "双方确认",
    "request.split": "拆分申请",
    "request.assign": "分办",
    "request.handle": "办理申请",
    "request.search": "检索记录",
    "request.correction_received": "收到补正",
    "request.reasons_received": "收到理由说明",
    "request.answer_received": "收到征求的意见",
    "request.consultation_silent": "征求意见逾期未答复",
    "request.weigh": "判断征求的意见",
    "request.charge_fee": "收取信息处理费",
    "request.fee_paid": "缴清信息处理费",
    "request.decide": "选定办理结果",
    "request.conclude": "终止办理",
    "request.draft_letter": "起草文书",
    "request.edit_letter": "改文书",
    "request.discard_letter": "文书作废",
    "request.submit_letter": "文书送审",
    "request.recall_letter": "撤回文书送审",
    "request.return_letter": "退回文书",
    "request.review_section": "文书科室审核",
    "request.review_secrecy": "文书保密审查",
    "request.sign": "签发答复",
    "request.approve_process": "签发过程文书",
    "request.serve": "送达",
    "request.record_arrival": "登记签收",
    "request.record_return": "登记退回",
    "request.withdraw": "撤回申请",
    "request.archive": "归档",
    "request.redo": "责令重新答复",
    "request.undo": "撤销上一步",
    "request.handle_message": "处理申请人来件",
    "request.view_identity": "看申请人信息",
    "request.change_contact": "改联系方式",
    "request.renew_code": "换查询码",
    "request.remark": "备注",
    "request.add_paper": "申请加材料",
    "request.turn_public": "转为主动公开",
    "oversight.read": "看监督情况",
    "oversight.watch": "巡检",
    "oversight.set_aside": "判定不是问题",
    "oversight.propose_aside": "提出不是问题",
    "oversight.judge": "判断巡检发现",
    "oversight.take_up": "重新列为问题",
    "oversight.columns": "定栏目更新",
    "oversight.confirm_column": "确认栏目没有信息",
    "oversight.end_confirmation": "取消栏目确认",
    "oversight.rectify": "整改",
    "oversight.confirm": "确认整改",
    "oversight.order": "督办",
    "oversight.settings": "巡检设置",
    "oversight.self_check": "自查",
    "oversight.sign_self_check": "自查签字",
    "oversight.task": "列整改",
    "rectification.order": "列整改、督办",
    "rectification.receive": "签收督办",
    "rectification.name": "定责任人",
    "rectification.add_proof": "加整改证明",
    "rectification.remove_proof": "去掉整改证明",
    "rectification.finish": "报改好",
    "rectification.confirm": "确认改好",
    "rectification.give_back": "退回再改",
    "rectification.extend": "延长整改期限",
    "rectification.withdraw": "撤回整改",
    "rectification.no_fault": "整改以不是问题结束",
    "rectification.issue": "印发督办单、通报",
    "rectification.send": "记督办单、通报送出",
    "rectification.settings": "改整改设置",
    "self_check.fill": "填自查",
    "self_check.hand_in": "自查送签",
    "self_check.give_back": "退回自查",
    "self_check.sign": "签自查",
    "oversight.measure": "登记保障措施",
    "oversight.take_out": "删去保障措施登记",
    "oversight.put_back": "恢复保障措施登记",
    "oversight.file_paper": "加保障措施材料",
    "oversight.remove_paper": "去掉保障措施材料",
    "oversight.inspect": "登记日常检查",
    "oversight.hold_to_account": "登记责任追究",
    "oversight.appraise": "办社会评议",
    "oversight.open_appraisal": "开始社会评议",
    "oversight.close_appraisal": "结束社会评议",
    "oversight.publish_appraisal": "公布社会评议结果",
    "oversight.withdraw_appraisal": "撤回社会评议结果",
    "oversight.read_comment": "处理评议意见",
    "oversight.record_release": "登记关切回应的发布",
    "oversight.remove_release": "去掉关切回应的发布",
    "oversight.set_response_limit": "改关切回应的时限",
    "oversight.close_concern": "办结关切",
    "oversight.reopen_concern": "关切改回未办结",
    "oversight.respond": "登记关切回应",
    "oversight.score_self": "考核自评",
    "oversight.assess": "工作考核",
    "oversight.export": "导出监督情况",
    "oversight.brief": "监督简报",
    "brief.start": "起草简报",
    "brief.write": "改简报",
    "brief.count": "简报重新取数",
    "brief.keep": "定稿简报",
    "brief.drop": "删去没有定稿的简报",
    "brief.publish": "用简报起草信息",
    "assessment.bring_in": "导入考核指标表",
    "assessment.adopt": "启用考核指标表",
    "assessment.put_away": "删去没有启用的指标表",
    "assessment.begin": "开始考核",
    "assessment.count": "考核重新取数",
    "assessment.score_self": "填自评",
    "assessment.hand_in": "报送自评",
    "assessment.take_back": "撤回自评",
    "assessment.take_up": "没有自评就复核",
    "assessment.give_back": "退回自评",
    "assessment.review": "考核复核",
    "assessment.tell": "反馈考核结果",
    "assessment.object": "考核申诉",
    "assessment.answer": "答复考核申诉",
    "assessment.accept": "对考核没有异议",
    "assessment.conclude": "考核定分",
    "register.read": "看清单",
    "register.edit": "改清单",
    "words.edit": "改词表",
    "days.edit": "改放假安排",
    "request.export": "导出依申请公开台账",
    "request.import": "转入旧台账",
    "request.hand_in_ledger": "上传旧台账核对",
    "request.drop_ledger": "放弃转入旧台账",
    "request.export_file": "导出整卷",
    "request.export_person": "导出本人的信息",
    "request.make_feed": "生成日历订阅地址",
    "request.end_feed": "停用日历订阅地址",
    "request.chase": "催办",
    "request.answer_chase": "回复催办",
    "request.erase": "到期删除申请人身份信息",
    "request.settings": "改依申请公开设置",
    "remedy.read": "看复议、诉讼",
    "remedy.record": "记复议、诉讼",
    "record_correction.handle": "办更正申请",
    "complaint.read": "看投诉举报",
    "remedy.open": "登记复议、诉讼",
    "remedy.edit": "改复议、诉讼登记",
    "remedy.receive_copy": "记收到副本",
    "remedy.answer": "记提出答复、答辩",
    "remedy.note": "记案件经过",
    "remedy.close": "审结",
    "remedy.reopen": "改回未审结",
    "remedy.file_paper": "加材料",
    "remedy.open_paper": "打开材料",
    "remedy.view_identity": "看提起的人",
    "remedy.export": "导出复议诉讼台账",
    "statement.write": "写答复、答辩、告知",
    "statement.approve": "签发答复、答辩、告知",
    "statement.send": "记发出",
    "statement.discard": "作废文书",
    "record_correction.register": "登记更正申请",
    "record_correction.edit": "改更正申请登记",
    "record_correction.find": "记核实结果",
    "record_correction.tell": "记告知",
    "record_correction.view_identity": "看更正申请人",
    "record_correction.erase": "删除更正申请人身份信息",
    "complaint.register": "登记投诉举报",
    "complaint.edit": "改投诉举报登记",
    "complaint.handle": "办理投诉举报",
    "complaint.reopen": "改回未答复",
    "complaint.view_identity": "看投诉举报人",
    "complaint.erase": "删除投诉举报人身份信息",
    "report.begin": "开始编制年度报告",
    "report.take": "从台账重新取数",
    "report.read_in": "读入报告文件",
    "report.type": "填报告的数",
    "report.explain": "写改数的理由",
    "report.restore": "改回来源的数",
    "report.write": "写报告的文字",
    "report.dismiss": "核对检查结果",
    "report.take_up": "重新列出检查结果",
    "report.hand_in": "报告送审",
    "report.correct": "更正报告",
    "report.publish": "公布并报送报告",
    "report.hand_over": "上传一批报告",
    "report.receive": "收入报告文件",
    "report.sort": "挑选上传的文件",
    "report.accept": "收下报告",
    "report.give_back": "退回报告",
    "report.reopen": "重新审核报告",
    "report.chase": "催报",
    "report.mail_chase": "催报邮件",
    "report.set_limit": "定报送时限",
    "report.lift_limit": "取消报送时限",
    "report.collecting": "改收报设置",
    "report.add_up": "汇总报告",
    "report.read": "看报告",
    "report.compile": "编制报告",
    "report.submit": "送审报告",
    "report.export": "导出报告",
    "report.collect": "收报",
    "agency.read": "看机关",
    "agency.make": "新建机关",
    "agency.edit": "改机关",
    "agency.edit_contact": "改联系信息",
    "agency.officers": "改负责人",
    "agency.steps": "改审查步骤",
    "agency.rename": "机关改名",
    "agency.merge": "机关并入",
    "agency.end": "机关撤销",
    "agency.revive": "恢复机关",
    "roster.import": "导入名册",
    "demonstration.load": "载入示范数据",
    "roster.export": "导出名册",
    "person.read": "看人员",
    "person.make": "新建账号",
    "person.edit": "改资料",
    "person.disable": "停用账号",
    "person.enable": "启用账号",
    "person.appoint": "任职",
    "person.end_appointment": "结束任职",
    "person.reset_password": "重置密码",
    "person.unlock": "解锁",
    "person.link": "关联统一身份认证",
    "person.change_password": "改密码",
    "person.add_device": "启用动态口令",
    "person.remove_device": "停用动态口令",
    "session.begin": "登录",
    "session.end": "退出",
    "session.end_elsewhere": "结束别处的登录",
    "session.refuse": "登录没有成功",
    "session.lock": "锁定",
    "audit.read": "看操作记录",
    "audit.export": "导出操作记录",
    "audit.verify": "核对操作记录",
    "system.read": "看系统状态",
    "site.edit": "改网站设置",
    "site.bake": "重写公开页面",
}
KINDS = {
    "ledger": "台账",
    "requester": "申请人的信息",
    "item": "信息",
    "agency": "机关",
    "person": "人员",
    "disclosure_request": "公开申请",
    "year": "放假安排",
    "trail": "操作记录",
}
# Where the facts of a subject have their names; the rest is looked for in every table.
_TABLES = {
    "item": ("disclosure.InformationItem", "disclosure.ItemVersion"),
    "agency": ("agencies.Agency",),
    "person": ("people.Person", "people.Appointment"),
}
_FACTS = {
    "version": "稿次",
    "body_characters": "正文字数",
    "agency": "机关",
    "agency_id": "机关",
    "officers": "负责人",
    "past_names": "曾用名",
    "by": "登录方式",
    "second_factor": "用了动态口令",
    "one_time": "原来是一次性密码",
    "device_forgotten": "同时停用动态口令",
    "oidc_subject": "统一身份认证编号",
    "began_at": "登录时间",
    "address": "地址",
    "covered_by": "对应的信息",
    "entries": "条数",
    "broken": "第一处问题",
    "letter": "文书",
    "letter_kind": "文书种类",
    "letter_state": "文书状态",
    "requester_kind": "申请人类型",
    "papers": "材料数",
    "paper": "材料",
    "paper_kind": "材料种类",
    "message_kind": "来件种类",
    "accepted": "照来件办",
    "parts": "拆成",
    "on": "日期",
    "counts_on": "算送达的日子",
    "way": "送达方式",
    "sent_on": "交出日期",
    "came_on": "签收日期",
    "returned_on": "退回日期",
    "dated": "落款日期",
    "answer": "意见",
    "last_day": "期限",
    "consultation": "征求意见",
    "by_volume": "按量",
    "count": "第几件，或者页数",
    "sum_yuan": "金额（元）",
    "withheld_parts": "不予公开的处数",
    "changed": "改了",
    "what": "看了什么",
    "item": "转成的信息",
    "event": "撤销的事",
    "remark": "备注",
    "found": "找到",
    "items": "卷内件数",
    "overview": "总体情况的字数",
    "problems_and_improvements": "问题及改进的字数",
    "other_matters": "其他事项的字数",
    "missing": "没有计入的",
    "edition": "格式版本",
    "errors": "差错",
    "warnings": "提示",
    "submitted_to": "报送",
    "unread": "没有读出的格",
    "file": "文件",
    "sha256": "校验码",
    "cell": "哪一格",
    "rule": "哪一项检查",
    "message": "检查结果",
    "reason": "理由",
    "indicators": "指标数",
    "agencies": "机关数",
    "objection_until": "申诉到",
    "bytes": "字节",
    "digest": "校验码",
}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_VALUES = {("by", "password"): "密码", ("by", "provider"): "统一身份认证"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an entry, in words."""

    name: str
    before: str
    after: str


def facts_of(entry: AuditEntry) -> list[Fact]:
    """What was changed, fact by fact."""
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    return [
        Fact(
            _name(entry.subject_kind, name),
            _value(entry.subject_kind, name, entry.before[name]) if name in entry.before else "",
            _value(entry.subject_kind, name, entry.after[name]) if name in entry.after else "",
        )
        for name in names
    ]


def kind_label(kind: str) -> str:
    """What a kind of subject is called: our word, or that of its table."""
    if kind in KINDS:
        return KINDS[kind]
    for model in apps.get_models():
        if model._meta.model_name == kind.replace("_", "") and _ours(model):
            return str(model._meta.verbose_name)
    return kind


def _ours(model: type) -> bool:
    return model.__module__.startswith("gongkai.")


def _name(kind: str, name: str) -> str:
    if "/" in name:
        return next((f.cells[name].label for f in editions().values() if name in f.cells), name)
    field = _field(kind, name)
    if field is not None and _CHINESE.search(str(field.verbose_name)):
        return str(field.verbose_name)
    return _FACTS.get(name, name)


def _value(kind: str, name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "空白"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_value(kind, "", one) for one in value)
    if isinstance(value, dict):
        return "；".join(f"{key} {_value(kind, '', one)}" for key, one in value.items())
    field = _field(kind, name)
    choices = dict(field.flatchoices) if field is not None and field.choices else {}
    return str(choices.get(value) or _VALUES.get((name, str(value)), value))


@lru_cache(maxsize=1000)
def _field(kind: str, name: str) -> Field[Any, Any] | None:
    for model in _models(kind):
        for field in model._meta.get_fields():
            if isinstance(field, Field) and name in (field.name, field.attname):
                return field
    return None


def _models(kind: str) -> Iterator[Any]:
    for label in _TABLES.get(kind, ()):
        yield apps.get_model(label)
    if kind not in _TABLES:
        for model in apps.get_models():
            if _ours(model) and model._meta.model_name == kind.replace("_", ""):
                yield model
