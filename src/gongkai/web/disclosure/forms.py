"""What an author writes, as a form: metadata and text of one version."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.core.bodies import clean
from gongkai.core.catalogue import DisclosureClass, columns_for, genres, grounds_for, themes
from gongkai.core.document_number import parse_document_number
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField, MomentField

from .models import InformationItem, ItemKind

Choices = list[tuple[str, Any]]

INTERPRETATION_FORMS = (
    ("text", "文字"),
    ("chart", "图表"),
    ("question_and_answer", "问答"),
    ("video", "视频"),
)


class DraftForm(forms.Form):
    """One version of an item; ``kept`` and ``written`` sort what belongs to which."""

    # A draft can be saved half written; completeness.py says what a review needs.
    notes = MappingProxyType(
        {
            **dict.fromkeys(("title", "body_html", "made_on", "place"), "送审前要填"),
            **dict.fromkeys(("legal_basis", "class_reason"), "不主动公开的要填"),
        }
    )
    kind = forms.ChoiceField(label="类型", choices=ItemKind.choices)
    title = forms.CharField(label="标题", max_length=300, required=False)
    made_on = DateField(
        label="成文日期", required=False, help_text="信息形成或者变更的那一天，公开期限从这天算。"
    )
    document_number = forms.CharField(
        label="发文字号",
        max_length=80,
        required=False,
        help_text="例如：青政规〔2026〕3号。没有的不填。",
    )
    issuer = forms.CharField(label="发文机关", max_length=200, required=False)
    source = forms.CharField(label="来源", max_length=120, required=False)
    place = forms.ChoiceField(
        label="放在哪个栏目", required=False, help_text="第二十条、第二十一条哪一项。"
    )
    genre = forms.ChoiceField(label="体裁", required=False)
    theme = forms.ChoiceField(label="主题分类", required=False)
    keywords = forms.CharField(label="关键词", required=False, help_text="几个词之间空一格。")
    summary = forms.CharField(
        label="内容概述", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body_html = forms.CharField(
        label="正文", required=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    disclosure_class = forms.ChoiceField(
        label="公开属性",
        choices=[(c.value, c.label) for c in DisclosureClass],
        widget=forms.RadioSelect,
        initial=DisclosureClass.PROACTIVE.value,
    )
    legal_basis = forms.ChoiceField(label="依据", required=False)
    class_reason = forms.CharField(
        label="理由", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    effective_on = DateField(label="施行日期", required=False)
    expires_on = DateField(label="有效期至", required=False)
    interprets = forms.ModelChoiceField(
        InformationItem.objects.none(),
        label="解读的文件",
        required=False,
        empty_label="（不是解读）",
    )
    interpretation_form = forms.ChoiceField(
        label="解读形式", required=False, choices=[("", "——"), *INTERPRETATION_FORMS]
    )
    interpretation_due = forms.BooleanField(label="这份文件需要解读", required=False)
    released_together = forms.BooleanField(label="和解读同时发布", required=False)
    fiscal_year = forms.IntegerField(
        label="预算、决算年度", required=False, min_value=2000, max_value=2100
    )
    concern = forms.CharField(label="回应的关切", max_length=200, required=False)
    scheduled_for = MomentField(
        label="定时发布", required=False, help_text="签发以后到这个时间才公开；不填，签发就公开。"
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("place", [("", "——"), *_places(agency)])
        self._choose("genre", [("", "——"), *_grouped(genres())])
        self._choose("theme", [("", "——"), *_grouped(themes())])
        self._choose("legal_basis", [("", "——"), *_grounds()])
        interprets = self.fields["interprets"]
        assert isinstance(interprets, forms.ModelChoiceField)
        interprets.queryset = (
            InformationItem.objects.filter(agency=agency, kind=ItemKind.NORMATIVE_DOCUMENT)
            .exclude(state="discarded")
            .select_related("current")
        )

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_document_number(self) -> str:
        """The number as it is printed: brackets 〔〕, no spaces."""
        given: str = self.cleaned_data["document_number"].strip()
        if not given:
            return ""
        number = parse_document_number(given)
        if number is None:
            raise forms.ValidationError("发文字号写成“青政规〔2026〕3号”的样子。")
        return str(number)

    def clean_body_html(self) -> str:
        """What was typed or pasted, with everything that does not belong in it dropped."""
        given: str = self.cleaned_data["body_html"]
        if given.strip() and "<" not in given:
            given = "".join(f"<p>{line}</p>" for line in given.splitlines() if line.strip())
        return clean(given).html

    def clean_made_on(self) -> Any:
        """Not a day to come: nothing has been made then."""
        made_on = self.cleaned_data["made_on"]
        if made_on and made_on > timezone.localdate():
            raise forms.ValidationError("成文日期还没有到，检查一下年份。")
        return made_on

    def clean(self) -> dict[str, Any]:
        """Facts that must agree with one another."""
        given = super().clean() or self.cleaned_data
        effective, expires = given.get("effective_on"), given.get("expires_on")
        if effective and expires and expires < effective:
            self.add_error("expires_on", "有效期早于施行日期。")
        basis, chosen = given.get("legal_basis"), given.get("disclosure_class")
        if basis and chosen and basis not in {g.id for g in grounds_for(chosen)}:
            label = DisclosureClass(chosen).label
            self.add_error("legal_basis", f"这条依据不能用于“{label}”。")
        return given

    def written(self) -> dict[str, Any]:
        """What the version keeps, by the names of ``acts.draft.WRITTEN``."""
        given = self.cleaned_data
        column, _, statutory = given["place"].partition("/")
        details = {
            "form": given["interpretation_form"],
            "fiscal_year": given["fiscal_year"],
            "concern": given["concern"],
        }
        same = (
            "title", "body_html", "summary", "issuer", "source", "document_number", "made_on",
            "genre", "theme", "disclosure_class", "legal_basis", "class_reason", "effective_on",
            "expires_on",
        )  # fmt: skip
        return {
            **{name: given[name] for name in same},
            "keywords": given["keywords"].replace("，", " ").replace("、", " ").split(),
            "column": column or "statutory",
            "statutory": statutory,
            "details": {name: value for name, value in details.items() if value},
        }

    def kept(self) -> dict[str, Any]:
        """What the item keeps."""
        names = ("kind", "interprets", "interpretation_due", "released_together", "scheduled_for")
        return {name: self.cleaned_data[name] for name in names}


def initial_of(item: InformationItem) -> dict[str, Any]:
    """What the form shows of an item as it stands."""
    version = item.version
    same = (
        "title", "body_html", "summary", "issuer", "source", "document_number", "made_on", "genre",
        "theme", "disclosure_class", "legal_basis", "class_reason", "effective_on", "expires_on",
    )  # fmt: skip
    return {
        **{name: getattr(version, name) for name in same},
        "keywords": " ".join(version.keywords),
        "place": f"{version.column}/{version.statutory}" if version.statutory else version.column,
        "kind": item.kind,
        "interprets": item.interprets,
        "interpretation_due": item.interpretation_due,
        "released_together": item.released_together,
        "interpretation_form": version.details.get("form", ""),
        "fiscal_year": version.details.get("fiscal_year"),
        "concern": version.details.get("concern", ""),
        "scheduled_for": item.scheduled_for,
    }


def _places(agency: Agency) -> Choices:
    """The columns an item of ``agency`` can stand in; a community's are its parent's."""
    kind = agency.kind
    columns = columns_for(kind) or (columns_for(agency.parent.kind) if agency.parent else ())
    places: Choices = []
    for column in columns:
        if column.id == "statutory":
            items = [(f"statutory/{item.code}", item.heading) for item in column.items]
            places.append((column.name, items))
        elif column.id in ("rules", "annual_report"):
            places.append((column.id, column.name))
    return places


def _grouped(terms: Any) -> Choices:
    return [
        (group[0].group_label, [(term.id, term.label) for term in group])
        for group in terms.groups().values()
    ]


def _grounds() -> Choices:
    return [
        (
            disclosure_class.label,
            [(g.id, f"{g.label}（{g.citation}）") for g in grounds_for(disclosure_class)],
        )
        for disclosure_class in DisclosureClass
    ]
