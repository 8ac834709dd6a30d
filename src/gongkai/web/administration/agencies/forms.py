"""Forms about agencies."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils import timezone

from gongkai.core.catalogue import duty_of
from gongkai.web.agencies.audited import CONTACT, PLACE
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.form_fields import DateField, name_what_is_missing

_TEMPLATE_HELP = (
    "可用 {org} 机关代码、{category} 信息类别、{year} 年、{month} 月、{seq} 流水号"
    "（{seq:05d} 补足 5 位）。改了只管以后发布的。"
)


class PlaceForm(forms.ModelForm[Agency]):
    """What an agency is and where it stands."""

    began_on = DateField(label="设立日期", required=False)

    class Meta:
        model = Agency
        fields: tuple[str, ...] = PLACE
        help_texts: ClassVar[dict[str, str]] = {
            "short_name": "列表和页面上用，例如：听泉街道",
            "kind": "类别决定有哪些法定栏目（第二十条、第二十一条）。",
            "competent_for": "主管部门才填：它主管哪个政府的全部机关（第三条）。",
            "position": "小的在前。",
            "index_template": _TEMPLATE_HELP,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "competent_for"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            kept = Q(ended_on=None) | Q(pk=getattr(self.instance, f"{name}_id"))
            field.queryset = Agency.objects.filter(kept)
        name_what_is_missing(self)


class MakeForm(PlaceForm):
    """A new agency, with the name and the two codes that stay for ever."""

    slug = forms.SlugField(
        label="网址名", max_length=40,
        help_text="公开页面的网址用，小写字母和数字，以后不能改。例如：qh0401",
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9\-]*$", "只能用小写字母、数字和 -。")],
    )  # fmt: skip
    code = forms.CharField(
        label="机关代码", max_length=20,
        help_text="索引号用，以后不能改。例如：QH0401",
        validators=[RegexValidator(r"^[0-9A-Za-z]+$", "只能用字母和数字。")],
    )  # fmt: skip

    class Meta(PlaceForm.Meta):
        fields: tuple[str, ...] = ("name", *PLACE[:1], "slug", "code", *PLACE[1:])


class ContactForm(forms.ModelForm[Agency]):
    """What the guide says of the agency (art. 12)."""

    class Meta:
        model = Agency
        fields = CONTACT
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "functions": forms.Textarea(attrs={"rows": 6})
        }


class StepsForm(forms.ModelForm[Agency]):
    """The steps beyond the secrecy review."""

    class Meta:
        model = Agency
        fields = ("section_review", "approval")


class OfficerForm(forms.Form):
    """One leader; an empty line is none."""

    name = forms.CharField(label="姓名", max_length=60, required=False)
    post = forms.CharField(label="职务", max_length=120, required=False)
    duty = forms.CharField(label="分工", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        filled = [name for name in ("name", "post", "duty") if cleaned.get(name)]
        for name, label in (("name", "姓名"), ("post", "职务")):
            if filled and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"填{label}。")
        return cleaned


Officers = forms.formset_factory(OfficerForm, extra=3, max_num=60)


class RenameForm(forms.Form):
    """A new name."""

    name = forms.CharField(
        label="新全称", max_length=120, help_text="与公章一致。",
        error_messages={"required": "填新全称。"},
    )  # fmt: skip
    short_name = forms.CharField(
        label="新简称", max_length=60, error_messages={"required": "填新简称。"}
    )
    last_day = DateField(label="原名使用至", error_messages={"required": "填原名用到哪天。"})
    reason = forms.CharField(
        label="依据", max_length=200, required=False, help_text="例如机构改革的文件名和文号。"
    )


class EndForm(forms.Form):
    """Where the duties go, from when, on what basis."""

    into = forms.ModelChoiceField(
        Agency.objects.none(), label="并入", required=False, empty_label="不并入，撤销",
        help_text="接着办它的事的机关（第十条）。",
    )  # fmt: skip
    day = DateField(label="日期", error_messages={"required": "填日期。"})
    reason = forms.CharField(
        label="依据", max_length=200, help_text="例如机构改革的文件名和文号。",
        error_messages={"required": "写明依据，例如机构改革的文件名和文号。"},
    )  # fmt: skip

    def __init__(self, agency: Agency, data: Any = None) -> None:
        super().__init__(data, initial={"day": timezone.localdate()})
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.active().exclude(pk=agency.pk)


class RosterForm(forms.Form):
    """A roster to read."""

    file = forms.FileField(
        label="名册文件", help_text="xlsx 或者 csv（UTF-8 或 GBK）。",
        error_messages={"required": "选一个文件。"},
    )  # fmt: skip


class Filters(forms.Form):
    """What narrows the tree; every field may be empty."""

    q = forms.CharField(label="名称、代码", required=False)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Kind.choices])
    ended = forms.BooleanField(label="也看撤销、并入的", required=False)

    def keeps(self, agency: Agency) -> bool:
        """Whether ``agency`` is asked for."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        words = f"{agency.name} {agency.short_name} {agency.code} {agency.unified_code}".lower()
        return (
            str(given.get("q") or "").lower() in words
            and given.get("kind") in ("", None, agency.kind)
            and (bool(given.get("ended")) or agency.ended_on is None)
        )


def columns_note(kind: str) -> str:
    """How the articles were read for this kind of agency, and whether that is settled."""
    duty = duty_of(kind)
    return duty.note if duty.verified or not duty.note else f"{duty.note}（原文未明确）"
