"""Forms of a case: what it is, what happened, how it ended, what we answer."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.core.letters import fact_kind
from gongkai.core.remedies.cases import RemedyKind, result, results
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField
from gongkai.web.people.models import Person
from gongkai.web.requests.models import DisclosureRequest

from ..models import STEP_KINDS, Applicant, Procedure, RemedyCase
from ..writing import WRITTEN
from .plain import Named, lines

_ROWS = "evidence"


class CaseForm(Named):
    """A case as it is entered or changed."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", to_field_name="code")
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.value, kind.label) for kind in RemedyKind]
    )
    request_number = forms.CharField(
        label="申请编号",
        required=False,
        help_text="针对哪一件申请的答复。与申请无关的（例如主动公开）不填。",
    )
    body = forms.CharField(label="复议机关、法院", max_length=120)
    number = forms.CharField(label="案号", max_length=80, required=False)
    applicant_is = forms.ChoiceField(label="提起的人", choices=Applicant.choices)
    applicant = forms.CharField(
        label="姓名或者名称", required=False, help_text="加密保存，列表上打码。写答复书时要用。"
    )
    matter = forms.CharField(label="请求事项", widget=lines(3))
    opened_on = DateField(label="受理、立案日期")
    copy_received_on = DateField(
        label="收到副本之日",
        required=False,
        help_text="收到复议申请书、起诉状副本的那天，答复期限从这天算。还没有收到的不填。",
    )
    procedure = forms.ChoiceField(
        label="程序",
        required=False,
        choices=[("", "——"), *Procedure.choices],
        help_text="只有复议填。普通程序 10 个工作日答复，简易程序 5 个工作日（复议法第 48、54 条）。",
    )
    follows = forms.ModelChoiceField(
        RemedyCase.objects.none(), label="起诉以前的复议", required=False, empty_label="（没有）"
    )
    original_agency = forms.BooleanField(
        label="本机关是作出答复的机关",
        required=False,
        initial=True,
        help_text="只作复议机关参加的不勾：表四由作出答复的机关计。",
    )
    handler = forms.ModelChoiceField(
        Person.objects.none(), label="承办人", required=False, empty_label="（未定）"
    )

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("agency", Agency.objects.filter(pk__in=[one.pk for one in agencies]))
        reconsiderations = RemedyCase.objects.filter(
            agency__in=agencies, kind=RemedyKind.RECONSIDERATION
        )
        self._offer("follows", reconsiderations)
        staff = Person.objects.filter(appointments__agency__in=agencies, is_active=True)
        self._offer("handler", staff.distinct())
        self.found: DisclosureRequest | None = None

    def clean(self) -> dict[str, Any]:
        """The request by its number; the procedure only where there is one."""
        cleaned = super().clean() or self.cleaned_data
        number, agency = cleaned.get("request_number", "").strip(), cleaned.get("agency")
        if number and agency is not None:
            found = DisclosureRequest.objects.filter(number=number, agency=agency).first()
            if found is None:
                self.add_error("request_number", f"{agency.short_name}没有编号“{number}”的申请。")
            self.found = found
        if cleaned.get("kind") != RemedyKind.RECONSIDERATION:
            cleaned["procedure"] = ""
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the act is told."""
        left_out = ("agency", "request_number", "copy_received_on")
        given = {name: one for name, one in self.cleaned_data.items() if name not in left_out}
        return {**given, "request": self.found}

    def _offer(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset


class CopyForm(Named):
    """The copy has come."""

    on = DateField(label="收到副本之日")
    procedure = forms.ChoiceField(
        label="程序", required=False, choices=[("", "——"), *Procedure.choices]
    )


class EventForm(Named):
    """Something that happened."""

    kind = forms.ChoiceField(label="事项", choices=[(k.value, k.label) for k in STEP_KINDS])
    on = DateField(label="日期")
    note = forms.CharField(label="说明", required=False, max_length=500, widget=lines(2))


class EndingForm(Named):
    """How it ended."""

    result = forms.ChoiceField(label="结果")
    closed_on = DateField(
        label="决定、裁判生效日期", help_text="诉讼以生效的裁判为准；上诉的，一审裁判不算审结。"
    )
    decision_number = forms.CharField(label="决定书、裁判文书号", max_length=80, required=False)
    decision_received_on = DateField(
        label="收到之日", required=False, help_text="责令重新答复的，新的期限从这天算。"
    )
    redo_days = forms.IntegerField(
        label="重新答复的工作日",
        required=False,
        min_value=1,
        max_value=366,
        help_text="决定、裁判写了几个工作日的才填；没有写的按 20 个工作日。",
    )
    redo_until = DateField(
        label="重新答复的最后一日", required=False, help_text="决定、裁判写明日期的才填。"
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["result"]
        assert isinstance(choice, forms.ChoiceField)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for one in results(kind):
            grouped.setdefault(one.column.label, []).append((one.id, one.label))
        choice.choices = [("", "选一个"), *grouped.items()]

    def clean_redo_days(self) -> int | None:
        """Only where the result orders a new reply."""
        days: int | None = self.cleaned_data["redo_days"]
        chosen = self.cleaned_data.get("result")
        if days and chosen and not result(chosen).redo:
            raise forms.ValidationError("这个结果没有责令重新答复。")
        return days


class StatementForm(forms.Form):
    """What is written by hand of an answer, a defence, a notice; the fields are the letter's."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WRITTEN[kind]:
            fact = fact_kind(name)
            if name == _ROWS:
                note = f"一行一份，用 | 隔开：{' | '.join(fact.columns[1:])}。序号自动编。"
                self.fields[name] = forms.CharField(
                    label=fact.label, required=False, help_text=note, widget=lines(6)
                )
                continue
            long = name.startswith("answer_") or name == "record_findings"
            widget = lines(6) if long else forms.TextInput()
            self.fields[name] = forms.CharField(
                label=fact.label, required=False, help_text=fact.ask, widget=widget
            )

    def facts(self) -> dict[str, Any]:
        """As the letter takes them."""
        facts = {name: one for name, one in self.cleaned_data.items() if one}
        if _ROWS in facts:
            facts[_ROWS] = rows_of(facts[_ROWS])
        return facts


def rows_of(text: str) -> list[list[str]]:
    """One line, one row: numbered, its cells parted by a bar."""
    rows = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
        rows.append([str(number), *cells])
    return rows


def text_of_rows(rows: Any) -> str:
    """Rows as the field shows them."""
    return "\n".join(" | ".join(row[1:]) for row in rows or [])
