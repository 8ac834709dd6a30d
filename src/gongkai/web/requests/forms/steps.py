"""The forms of what is done with a request between its receipt and its reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.form_fields import DateField
from gongkai.web.people.models import Person

from ..models import DisclosureRequest, Paper, PaperKind
from ..models.papers import SEALED_KINDS
from .files import FilesField

if TYPE_CHECKING:
    _PaperChoice = forms.ModelChoiceField[Paper]
    _PapersChoice = forms.ModelMultipleChoiceField[Paper]
else:
    _PaperChoice = forms.ModelChoiceField
    _PapersChoice = forms.ModelMultipleChoiceField


def area(rows: int = 3) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def unkept() -> forms.TextInput:
    """A field of one line that names a person: the browser keeps no draft of it (desk.js)."""
    return forms.TextInput(attrs={"data-unkept": ""})


def today_field(label: str, help_text: str = "") -> DateField:
    """A day that is today unless said otherwise."""
    field = DateField(label=label, help_text=help_text)
    field.initial = lambda: timezone.localdate()  # asked when the form is shown
    return field


class ConfirmForm(forms.Form):
    """Confirmation of receipt with the requester."""

    on = today_field("双方确认的日期", "这一天是收到申请之日，答复期限从它起算（第三十一条）。")
    how = forms.CharField(
        label="怎样确认的", max_length=100, help_text="例如：电话、网上回执、回信。"
    )
    with_whom = forms.CharField(
        label="和谁确认的",
        required=False,
        max_length=60,
        help_text="本人、代理人、联系人。",
        widget=unkept(),
    )


class AssignForm(forms.Form):
    """Who has it, and until when the house wants it done."""

    handler = forms.ChoiceField(label="承办人")
    internal_due_on = DateField(
        label="内部期限", required=False, help_text="不填，按设置的天数算；不能晚于答复到期日。"
    )

    def __init__(self, people: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handler = self.fields["handler"]
        assert isinstance(handler, forms.ChoiceField)
        handler.choices = [("", "选一个人"), *((str(p.pk), p.name) for p in people)]
        self._people = {str(p.pk): p for p in people}

    def person(self) -> Person:
        """Who was chosen."""
        return self._people[self.cleaned_data["handler"]]


class SearchForm(forms.Form):
    """Where was looked, and what was found."""

    on = today_field("检索日期")
    places = forms.CharField(
        label="检索的档案、系统",
        widget=area(2),
        help_text="档案室、业务系统、相关科室，一个一个写。",
    )
    words = forms.CharField(label="检索词", max_length=300, help_text="名称、文号、年份、地址等。")
    found = forms.ChoiceField(
        label="结果", choices=[("yes", "找到了"), ("no", "没有找到")], widget=forms.RadioSelect
    )
    result = forms.CharField(
        label="找到什么，或者怎样没有找到",
        widget=area(),
        help_text="答复“信息不存在”的，要能证明已尽合理检索（法释〔2025〕8号第五条）。",
    )
    papers = FilesField(label="检索截图、目录", help_text="可以选几个。")


class RemarkForm(forms.Form):
    """A remark for colleagues."""

    text = forms.CharField(label="备注", max_length=2000, widget=area(2))


class ReasonForm(forms.Form):
    """An act that asks for its reason."""

    reason = forms.CharField(label="原因", max_length=200, widget=area(2))


class DayAndNote(forms.Form):
    """Something that happened on a day, in a few words."""

    on = today_field("日期")
    note = forms.CharField(label="说明", required=False, max_length=300, widget=area(2))


class AddPaperForm(forms.Form):
    """Papers for the file."""

    kind = forms.ChoiceField(label="种类", choices=PaperKind.choices)
    uploads = FilesField(label="文件", required=True, help_text="可以选几个；每个不超过 50 MB。")
    from_requester = forms.BooleanField(label="申请人交来的", required=False)


def papers_of(case: DisclosureRequest) -> QuerySet[Paper]:
    """Papers that may be chosen as a proof or an answer: none that shows an identity."""
    return Paper.objects.filter(request=case, erased_at=None).exclude(kind__in=SEALED_KINDS)


def enclosable(case: DisclosureRequest) -> QuerySet[Paper]:
    """Papers that may go with a letter: none that names who asked or was consulted."""
    return papers_of(case).filter(sealed=False, from_requester=False)


def name_of(paper: Paper) -> str:
    """What a choice calls a paper: by its kind alone where its name may be somebody's."""
    known = "" if paper.sealed or paper.from_requester else f"　{paper.name}"
    return f"{paper.get_kind_display()}{known}　{timezone.localdate(paper.added_at)}"


class PaperField(_PaperChoice):
    """One paper of the file."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Paper.objects.none(), required=False, empty_label="不在卷内", **kwargs
        )

    def label_from_instance(self, obj: Any) -> str:
        """Without what might be a person's name."""
        return name_of(obj)


class PapersField(_PapersChoice):
    """Several papers of the file, one box each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Paper.objects.none(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        """Without what might be a person's name."""
        return name_of(obj)


def choose_from(form: forms.Form, name: str, papers: QuerySet[Paper]) -> None:
    """Let a field of papers choose among ``papers``."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = papers
