"""The form of a letter's facts, made from what the core says the letter must carry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.core.letters import FactKind, FactType, LetterKind
from gongkai.web.form_fields import DateField

from ..letter_facts import IDENTITY_FACTS, SIGNING_FACTS
from ..models import DeliveryWay, DisclosureRequest, Letter
from .files import FilesField
from .steps import (
    PaperField,
    PapersField,
    area,
    choose_from,
    enclosable,
    papers_of,
    today_field,
    unkept,
)

# Between the cells of a row that is typed on one line.
SEPARATOR = "｜"
# Set by the case itself: changed there, not in one letter of it.
_OF_THE_CASE = frozenset(
    {
        "agency", "arrived_on", "received_on", "channel", "requester_kind",
        "request_content", "outcome", "attachments", "served_online", "corrected_on", "extended_to",
        "request_number", "reply_due_on",
    }
)  # fmt: skip
_LONG = {FactType.TEXT, FactType.LIST, FactType.ROWS}
_SHORT_TEXTS = frozenset(
    {
        "contact_office", "contact_phone", "requester_kind", "officer", "approved_by", "fee_period",
        "third_party_name", "other_agency", "assisting_body", "court", "supply_form", "supply_way",
    }
)  # fmt: skip


def typed_facts(kind: LetterKind) -> list[FactKind]:
    """The facts that people may type for a letter."""
    hidden = IDENTITY_FACTS | SIGNING_FACTS | _OF_THE_CASE
    return [fact for fact in kind.facts if fact.id not in hidden]


class FactsForm(forms.Form):
    """Every fact of a letter that may be typed; what is missing is told, not refused."""

    def __init__(
        self, kind: LetterKind, facts: Mapping[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.notes: dict[str, str] = {}
        for fact in typed_facts(kind):
            needed = fact.id in kind.required or fact.id in kind.held
            self.fields[fact.id] = _field(fact, facts.get(fact.id))
            self.notes[fact.id] = "必须有" if needed else "可不填"

    def given(self) -> dict[str, Any]:
        """What was changed, by the names of the facts; the rest goes on following the case.

        An emptied field is told as empty.
        """
        return {name: _given(self.cleaned_data[name]) for name in self.changed_data}


def _field(fact: FactKind, value: Any) -> forms.Field:
    common: dict[str, Any] = {
        "label": fact.label, "help_text": fact.ask, "required": False, "initial": value,
    }  # fmt: skip
    match fact.type:
        case FactType.DATE:
            # As it is compared with what was typed.
            common["initial"] = date.fromisoformat(value) if isinstance(value, str) else value
            return DateField(**common)
        case FactType.COUNT:
            return forms.IntegerField(**common, min_value=fact.least, max_value=fact.most)
        case FactType.YUAN:
            return forms.DecimalField(**common, min_value=0, decimal_places=2, max_digits=12)
        case FactType.CHOICE:
            return forms.ChoiceField(**common, choices=[("", "没有选"), *fact.choices.items()])
        case FactType.FLAG:
            common["initial"] = {True: "yes", False: "no"}.get(value, "")
            return forms.ChoiceField(
                **common, choices=[("", "没有选"), ("yes", "是"), ("no", "否")]
            )
        case FactType.LIST:
            common["initial"] = "\n".join(value) if isinstance(value, list | tuple) else value
            common["help_text"] += "一行一项。"
            return forms.CharField(**common, widget=area(3))
        case FactType.ROWS:
            return RowsField(fact.columns, value, **common)
        case _:
            short = fact.type not in _LONG or fact.id in _SHORT_TEXTS
            widget = None if short else area(2)
            return forms.CharField(**common, widget=widget)


class RowsField(forms.CharField):
    """A table typed line by line, its cells parted by ``｜``."""

    def __init__(self, columns: tuple[str, ...], value: Any, **kwargs: Any) -> None:
        self.columns = columns
        rows = value if isinstance(value, list | tuple) else ()
        kwargs["initial"] = "\n".join(SEPARATOR.join(map(str, row)) for row in rows)
        kwargs["help_text"] += f"一行一条，各格之间用“{SEPARATOR}”隔开：{SEPARATOR.join(columns)}。"
        super().__init__(widget=area(4), **kwargs)

    def clean(self, value: Any) -> Any:
        """Rows of as many cells as the table has columns."""
        text: str = super().clean(value)
        rows = []
        for number, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
            cells = [cell.strip() for cell in line.replace("|", SEPARATOR).split(SEPARATOR)]
            if len(cells) != len(self.columns):
                raise forms.ValidationError(
                    f"第 {number} 行有 {len(cells)} 格，应有 {len(self.columns)} 格："
                    f"{SEPARATOR.join(self.columns)}。"
                )
            rows.append(cells)
        return rows


def _given(value: Any) -> Any:
    return value if value is not None else ""


class TextForm(forms.Form):
    """The text of a letter as it will be printed."""

    text = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text="一行一段。行首 # 是标题，> 是顶格，--- 另起一页；【申请人】【第三方】【表1】"
        "印出时换成姓名和表格，不要改。清空再保存，回到按要素生成的正文。",
    )


class EnclosuresForm(forms.Form):
    """What goes with a letter."""

    enclosures = PapersField(label="附件", help_text="选卷内材料；名称印在正文后面的“附件”里。")

    def __init__(self, letter: Letter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "enclosures", enclosable(letter.request))
        self.fields["enclosures"].initial = letter.enclosures.all()


class OpinionForm(forms.Form):
    """What a reviewer says."""

    text = forms.CharField(label="意见", required=False, max_length=2000, widget=area())


class ServeForm(forms.Form):
    """How a letter went out, and the proof."""

    way = forms.ChoiceField(label="方式", choices=DeliveryWay.choices)
    sent_on = today_field("交出日期", "交邮、发出、当面交给对方、公告登出的那一天。")
    came_on = DateField(
        label="签收日期", required=False, help_text="直接、委托送达的要填；邮寄的收到回执再补。"
    )
    signed_for_by = forms.CharField(
        label="签收人",
        required=False,
        max_length=60,
        help_text="代收的写与申请人的关系。",
        widget=unkept(),
    )
    tracking_number = forms.CharField(
        label="邮政单号", required=False, max_length=60, help_text="邮寄的要填；交邮政企业。"
    )
    note = forms.CharField(
        label="说明", required=False, max_length=200, help_text="公告登在哪里，从哪天到哪天。"
    )
    proof = PaperField(label="卷内的送达凭证")
    uploads = FilesField(label="上传送达凭证", help_text="回证、回执、发送截图。")

    def __init__(self, case: DisclosureRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "proof", papers_of(case))


class ArrivalForm(forms.Form):
    """When it truly came, or that it came back."""

    what = forms.ChoiceField(
        label="结果",
        choices=[("came", "已签收"), ("returned", "被退回")],
        widget=forms.RadioSelect,
        initial="came",
    )
    on = today_field("日期")
    signed_for_by = forms.CharField(label="签收人", required=False, max_length=60)
    note = forms.CharField(label="退回的原因", required=False, max_length=200)
