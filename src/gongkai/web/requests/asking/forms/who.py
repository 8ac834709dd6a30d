"""Who asks, with proof (art. 29 (1)): a natural person, or a legal person or organisation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.core.handling.ledger import RequesterKind
from gongkai.core.personal_numbers import is_identity_number, plain

from ...models import Requester
from ...unified_code import problem_with_code
from ...wishes import WITH_CHECK_DIGIT, DocumentKind, WayOfDelivery
from .contact import Reached, text

_IDENTITY_LENGTH = 18
ORGANISATIONS = [(kind.value, kind.label) for kind in RequesterKind][1:]
# 其他 alone tells nobody whether to choose it.
_ORGANISATION_HELP = "按登记证书选；村（居）委会、机关、学校、医院等选其他。"


class WhoForm(Reached):
    """Step three, what persons and organisations have alike: contact, agent, proof.

    ``way`` is how the reply is to come; ``held`` names the files that were taken; ``refused``
    says by field why one was not.
    """

    agent = text("代理人姓名", 60, required=False, help_text="由别人代办的填，要附授权委托书。")
    identity = forms.FileField(label="身份证明", required=False)
    authorisation = forms.FileField(
        label="授权委托书", required=False, help_text="照片或者扫描件，jpg、png 或者 pdf。"
    )

    requester_kind: ClassVar[str]
    proof = "身份证明"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        way: str,
        held: Collection[str] = (),
        refused: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.way, self.held, self.refused = way, held, refused or {}
        self.notes = {
            "phone": "电话和邮箱至少填一样",
            "mailbox": "寄到邮箱，要填" if way == WayOfDelivery.EMAIL else "电话和邮箱至少填一样",
            "address": "邮寄要填" if way == WayOfDelivery.POST else "可不填",
            "identity": "",
            "authorisation": "有代理人的要附",
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for field, why in self.refused.items():
            self.add_error(field, why)
        if (
            not told.get("phone")
            and not told.get("mailbox")
            and not self._wrong("phone", "mailbox")
        ):
            self.add_error("phone", "填联系电话；没有电话的填电子邮箱。")
        if (
            self.way == WayOfDelivery.EMAIL
            and not told.get("mailbox")
            and not self._wrong("mailbox")
        ):
            self.add_error("mailbox", "选了用电子邮件给您，要填电子邮箱。")
        if self.way == WayOfDelivery.POST and not told.get("address"):
            self.add_error("address", "选了邮寄，要填通信地址。")
        if "identity" not in self.held and not self._wrong("identity"):
            self.add_error("identity", f"附上{self.proof}的照片或者扫描件。")
        if told.get("agent") and "authorisation" not in self.held:
            self.add_error("authorisation", "有代理人的，附上授权委托书。")
        return told

    def requester(self) -> Requester:
        """Who asks, as the record keeps it; not saved."""
        told = self.cleaned_data
        names = ("phone", "mailbox", "address", "postcode", "agent")
        return Requester(kind=self.requester_kind, **{name: told[name] for name in names})

    def _wrong(self, *fields: str) -> bool:
        return any(field in self.errors for field in fields)


class PersonForm(WhoForm):
    """A natural person."""

    requester_kind = RequesterKind.NATURAL_PERSON.value

    name = text("姓名", 60, fill="name")
    document_kind = forms.ChoiceField(
        label="证件",
        choices=DocumentKind.choices,
        widget=forms.Select(attrs={"class": "gk-input--m"}),
    )
    document_number = text(
        "证件号码",
        40,
        help_text="号码加密保存，只有承办的人能看，每次查看都有记录。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "identity"
        ].help_text = "证件的照片或者扫描件，jpg、png 或者 pdf，不超过 10 MB。加密保存，到期删除。"

    def clean_document_number(self) -> str:
        return "".join(plain(self.cleaned_data["document_number"]).split()).upper()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        number = told.get("document_number", "")
        if number and told.get("document_kind") in WITH_CHECK_DIGIT:
            problem = _problem_with_identity(number)
            if problem:
                self.add_error("document_number", problem)
        return told

    def requester(self) -> Requester:
        found = super().requester()
        found.name = self.cleaned_data["name"]
        found.document_kind = self.cleaned_data["document_kind"]
        found.document_number = self.cleaned_data["document_number"]
        return found


class OrganisationForm(WhoForm):
    """A legal person or another organisation."""

    requester_kind = RequesterKind.OTHER.value
    proof = "营业执照或者其他登记证书"

    organisation_kind = forms.ChoiceField(
        label="哪一类",
        choices=ORGANISATIONS,
        widget=forms.RadioSelect,
        help_text=_ORGANISATION_HELP,
    )
    name = text("名称", 120, width="", fill="organization")
    unified_code = text("统一社会信用代码", 40, help_text="18 位，在登记证书上。")
    representative = text("法定代表人或者负责人", 60)
    contact = text("联系人", 60, fill="name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "identity"
        ].help_text = (
            "登记证书的照片或者扫描件，jpg、png 或者 pdf，不超过 10 MB。加密保存，到期删除。"
        )
        self.fields["identity"].label = "登记证书"

    def clean_unified_code(self) -> str:
        code = "".join(plain(self.cleaned_data["unified_code"]).split()).upper()
        problem = problem_with_code(code)
        if problem:
            raise forms.ValidationError(problem)
        return code

    def requester(self) -> Requester:
        found = super().requester()
        told = self.cleaned_data
        found.kind = told["organisation_kind"]
        for name in ("name", "unified_code", "representative", "contact"):
            setattr(found, name, told[name])
        return found


def _problem_with_identity(number: str) -> str:
    if len(number) != _IDENTITY_LENGTH:
        return f"身份证号码应为 18 位，您填了 {len(number)} 位。"
    if not is_identity_number(number, timezone.localdate()):
        return "身份证号码的出生日期或者最后一位校验不对，核对一下有没有填错。"
    return ""
