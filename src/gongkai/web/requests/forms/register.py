"""The form of registration: what came, by which way, who asks and how to reach them."""

from __future__ import annotations

import uuid
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import RequesterKind
from gongkai.core.personal_numbers import is_identity_number
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField

from ..acts.register import REQUESTER_FACTS, NewPaper, NewRequest, problems
from ..models import DisclosureRequest, PaperKind
from ..papers import IDENTITY_MAX_BYTES
from ..unified_code import problem_with_code
from ..wishes import FITTING, WITH_CHECK_DIGIT, DocumentKind, FormOfSupply, WayOfDelivery
from .files import FilesField

# What came by the public form is registered there.
_CHANNELS = tuple(channel for channel in Channel if channel is not Channel.ONLINE)


class RegisterForm(forms.Form):
    """One request as it lies on the counter."""

    # The same form sent twice is one request.
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    notes = MappingProxyType({"phone": "电话、邮箱、地址至少填一种"})
    agency = forms.ChoiceField(label="哪个机关收到的")
    channel = forms.ChoiceField(
        label="怎么来的",
        widget=forms.RadioSelect,
        choices=[(c.value, c.label) for c in (*_CHANNELS, Channel.ONLINE)],
        help_text="平信、传真、网上、邮件的，以双方确认之日为收到之日（第三十一条）。",
    )
    misaddressed = forms.BooleanField(
        label="寄到了公开工作机构以外的科室或者个人（以双方确认之日为收到之日）", required=False
    )
    arrived_on = DateField(
        label="到达日期", help_text="当面提交的是提交之日，邮寄的是签收之日，其他是送到本机关之日。"
    )
    description = forms.CharField(
        label="申请内容",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="照抄申请人写的信息名称、文号或者特征，不要改写。不问用途。",
    )
    title = forms.CharField(
        label="事由", required=False, max_length=120, help_text="一句话，列表里看的。"
    )
    form_of_supply = forms.ChoiceField(
        label="提供形式", required=False, choices=[("", "没有写"), *FormOfSupply.choices]
    )
    way_of_delivery = forms.ChoiceField(
        label="获取方式", required=False, choices=[("", "没有写"), *WayOfDelivery.choices]
    )
    help_needed = forms.CharField(
        label="需要的帮助",
        required=False,
        max_length=300,
        help_text="阅读困难、听说障碍等（第四十三条）。",
    )
    signature_confirmed = forms.BooleanField(
        label="口头申请：已经念给申请人听，申请人签名确认", required=False
    )
    kind = forms.ChoiceField(
        label="申请人类型",
        choices=[(k.value, k.label) for k in RequesterKind],
        help_text="年度报告表三的六类；律师以自己名义申请的是自然人。",
    )
    name = forms.CharField(label="姓名或者名称", max_length=120)
    document_kind = forms.ChoiceField(
        label="证件名称", required=False, choices=[("", "没有"), *DocumentKind.choices]
    )
    document_number = forms.CharField(
        label="证件号码",
        required=False,
        max_length=40,
        help_text="加密保存；以它查以前的申请，不按姓名查。",
    )
    unified_code = forms.CharField(
        label="统一社会信用代码",
        required=False,
        max_length=24,
        help_text="法人、其他组织的。",
    )
    representative = forms.CharField(label="法定代表人", required=False, max_length=60)
    contact = forms.CharField(label="联系人", required=False, max_length=60)
    agent = forms.CharField(
        label="代理人", required=False, max_length=60, help_text="有代理人的，要有授权委托书。"
    )
    phone = forms.CharField(label="联系电话", required=False, max_length=40)
    mailbox = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "邮箱写成 name@example.cn 的样子。"},
    )
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码是 6 位数字。"},
    )
    request_papers = FilesField(label="申请表、来信", help_text="扫描件或者照片，可以选几个。")
    identity_papers = FilesField(
        label="身份证明",
        most=IDENTITY_MAX_BYTES,
        help_text="jpg、png 或者 pdf，每个不超过 10 MB；加密保存，看的人都有记录。",
    )
    authorisation_papers = FilesField(
        label="授权委托书", most=IDENTITY_MAX_BYTES, help_text="有代理人的才要。"
    )

    ABOUT = (
        "agency", "channel", "misaddressed", "arrived_on", "description", "title",
        "form_of_supply", "way_of_delivery", "help_needed", "signature_confirmed",
    )  # fmt: skip
    WHO = (
        "kind", "name", "document_kind", "document_number", "unified_code", "representative",
        "contact", "agent", "phone", "mailbox", "address", "postcode",
    )  # fmt: skip
    FILES = ("request_papers", "identity_papers", "authorisation_papers")

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        agency.choices = [(one.code, one.name) for one in agencies]
        self.fields["arrived_on"].initial = timezone.localdate()
        self._agencies = {one.code: one for one in agencies}

    def about(self) -> list[forms.BoundField]:
        """The fields of the matter."""
        return [self[name] for name in self.ABOUT]

    def who(self) -> list[forms.BoundField]:
        """The fields of the requester."""
        return [self[name] for name in self.WHO]

    def files_of(self) -> list[forms.BoundField]:
        """The fields of papers."""
        return [self[name] for name in self.FILES]

    def clean_unified_code(self) -> str:
        """The code with its check character."""
        code: str = "".join(self.cleaned_data["unified_code"].split()).upper()
        wrong = problem_with_code(code) if code else ""
        if wrong:
            raise forms.ValidationError(wrong.replace("，您填了", "，填了"))
        return code

    def clean(self) -> dict[str, Any]:
        """What must agree: document and number, form and way, and what the act asks."""
        given = super().clean() or self.cleaned_data
        self._check_document(given)
        form, way = given.get("form_of_supply"), given.get("way_of_delivery")
        if form and way and way not in FITTING[form]:
            words = f"“{FormOfSupply(form).label}”不能“{WayOfDelivery(way).label}”。"
            self.add_error("way_of_delivery", words)
        if given.get("agent") and not given.get("authorisation_papers"):
            self.add_error("authorisation_papers", "写了代理人，要有授权委托书。")
        if not self.errors:
            for name, words in problems(self.new_request()).items():
                self.add_error(name if name in self.fields else None, f"{words}。")
        return given

    def _check_document(self, given: dict[str, Any]) -> None:
        kind, number = given.get("document_kind"), given.get("document_number", "")
        number = "".join(number.split()).upper()
        given["document_number"] = number
        if number and not kind:
            self.add_error("document_kind", "写了证件号码，选是什么证件。")
        if kind in WITH_CHECK_DIGIT and number:
            label = DocumentKind(kind).label
            if len(number) != 18:
                self.add_error("document_number", f"{label}号码是 18 位，填了 {len(number)} 位。")
            elif not is_identity_number(number, timezone.localdate()):
                self.add_error(
                    "document_number", f"{label}号码的校验位或者出生日期不对，核对一下。"
                )
        natural = given.get("kind") == RequesterKind.NATURAL_PERSON
        if natural and given.get("unified_code"):
            self.add_error("unified_code", "自然人没有统一社会信用代码；是组织的，改申请人类型。")

    def agency_chosen(self) -> Agency:
        """The agency that received it."""
        return self._agencies[self.cleaned_data["agency"]]

    def new_request(self) -> NewRequest:
        """What the act registers."""
        given = self.cleaned_data
        kinds = (PaperKind.REQUEST, PaperKind.IDENTITY, PaperKind.AUTHORISATION)
        papers = [
            NewPaper(kind, str(file.name), _bytes(file))
            for kind, name in zip(kinds, self.FILES, strict=True)
            for file in given.get(name) or ()
        ]
        return NewRequest(
            channel=Channel(given["channel"]),
            arrived_on=given["arrived_on"],
            description=given["description"],
            requester={name: str(given.get(name) or "") for name in REQUESTER_FACTS},
            title=given["title"],
            form_of_supply=given["form_of_supply"],
            way_of_delivery=given["way_of_delivery"],
            help_needed=given["help_needed"],
            misaddressed=given["misaddressed"],
            signature_confirmed=given["signature_confirmed"],
            papers=papers,
            submission=given["submission"],
        )


def _bytes(file: Any) -> bytes:
    file.seek(0)
    data: bytes = file.read()
    return data


class SplitForm(forms.Form):
    """The matters of one request, each in the requester's words."""

    PLACES = 6

    def __init__(self, case: DisclosureRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, self.PLACES + 1):
            self.fields[f"title_{at}"] = forms.CharField(
                label=f"第 {at} 项事由", required=False, max_length=120
            )
            self.fields[f"description_{at}"] = forms.CharField(
                label=f"第 {at} 项申请内容",
                required=at <= 2,
                initial=case.description if at == 1 else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def matters(self) -> list[tuple[str, str]]:
        """(description, title) of every part that was written."""
        given = self.cleaned_data
        parts = range(1, self.PLACES + 1)
        found = [(given[f"description_{at}"], given[f"title_{at}"]) for at in parts]
        return [(description, title) for description, title in found if description.strip()]

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each part."""
        return [
            (self[f"title_{at}"], self[f"description_{at}"]) for at in range(1, self.PLACES + 1)
        ]
