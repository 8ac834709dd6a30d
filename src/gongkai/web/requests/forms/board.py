"""What narrows the board of requests; the address is the filter, so it stays and can be sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet

from gongkai.core.days import WorkingDays
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.outcomes import outcomes
from gongkai.core.handling.transitions import State
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor

from ..models import DisclosureRequest
from ..people import handlers_of

OPEN, CONCLUDED, ALL = "open", "concluded", "all"
_WAITING = (
    State.AWAITING_CONFIRMATION, State.AWAITING_CORRECTION, State.AWAITING_REASONS,
    State.AWAITING_THIRD_PARTY, State.AWAITING_AGENCY, State.AWAITING_FEE,
)  # fmt: skip
WAITING = "waiting"
NOBODY = "nobody"
_WITHIN = (("0", "今天到期"), ("3", "3 个工作日内"), ("5", "5 个工作日内"), ("10", "10 个工作日内"))


class BoardFilters(forms.Form):
    """Every field may be empty: then what is open is shown."""

    q = forms.CharField(label="编号、事由、申请内容", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "没有办结的"),
            (WAITING, "等对方的"),
            *((s.value, s.label) for s in State if s is not State.RECEIVED),
            (CONCLUDED, "办结的"),
            (ALL, "全部"),
        ],
    )
    due = forms.ChoiceField(label="期限", required=False, choices=[("", "不限"), *_WITHIN])
    late = forms.BooleanField(label="只看超期的", required=False)
    handler = forms.ChoiceField(label="承办人", required=False)
    channel = forms.ChoiceField(
        label="渠道", required=False, choices=[("", "全部"), *((c.value, c.label) for c in Channel)]
    )
    outcome = forms.ChoiceField(
        label="办理结果",
        required=False,
        choices=[("", "全部"), *((o.outcome.value, o.label) for o in outcomes())],
    )
    agency = forms.ChoiceField(label="机关", required=False)
    year = forms.IntegerField(label="收到年份", required=False, min_value=2008, max_value=2100)

    def __init__(self, actor: Actor, today: date, days: WorkingDays, data: Any) -> None:
        super().__init__(data)
        self._today, self._days = today, days
        self.agencies = actor.agencies("request.read")
        people = handlers_of(self.agencies, today)
        mine = [(str(actor.person.pk), "我")] if actor.person in people else []
        others = [(str(p.pk), p.name) for p in people if p != actor.person]
        self._choose("handler", [("", "全部"), *mine, (NOBODY, "还没有分办"), *others])
        self._choose("agency", [("", "全部"), *((a.code, a.short_name) for a in self.agencies)])
        if len(self.agencies) < 2:
            del self.fields["agency"]

    def requests(self) -> QuerySet[DisclosureRequest]:
        """What the filters leave: what is due first, first; what is concluded, newest first."""
        kept = DisclosureRequest.objects.filter(agency__in=self.agencies)
        # A condition that cannot be read is told at its field; the others hold.
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        kept = self._in_state(kept, given.get("state") or "")
        kept = self._due(kept, given.get("due") or "")
        if given.get("late"):
            kept = kept.filter(Q(late=True) | late_today(self._today))
        if given.get("handler"):
            nobody = given["handler"] == NOBODY
            kept = kept.filter(handler=None if nobody else int(given["handler"]))
        for name in ("channel", "outcome"):
            if given.get(name):
                kept = kept.filter(**{name: given[name]})
        if given.get("agency"):
            kept = kept.filter(agency__code=given["agency"])
        if given.get("year"):
            kept = kept.filter(received_on__year=given["year"])
        for word in given.get("q", "").split():
            kept = kept.filter(matching(word))
        return kept

    def ordered(self) -> QuerySet[DisclosureRequest]:
        """The same in the order of the board."""
        return self.requests().order_by(
            F("concluded_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )

    def _in_state(
        self, kept: QuerySet[DisclosureRequest], state: str
    ) -> QuerySet[DisclosureRequest]:
        if state == ALL:
            return kept
        if state == CONCLUDED:
            return kept.exclude(concluded_on=None)
        if state == WAITING:
            return kept.filter(concluded_on=None, state__in=_WAITING)
        if state:
            return kept.filter(state=state)
        searched = self.cleaned_data.get("outcome") or self.cleaned_data.get("year")
        return kept if searched else kept.filter(concluded_on=None)

    def _due(self, kept: QuerySet[DisclosureRequest], within: str) -> QuerySet[DisclosureRequest]:
        if not within:
            return kept
        until = self._days.nth_after(self._today, int(within)).day if int(within) else self._today
        return kept.filter(concluded_on=None, due_on__gte=self._today, due_on__lte=until)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def late_today(today: date) -> Q:
    """Open and past its day: the kept column says so only when something was last done."""
    return Q(concluded_on=None, due_on__lt=today)


def matching(word: str) -> Q:
    """A word in the number, in what it is about, or in what was asked for; never who asks."""
    return Q(number__icontains=word) | Q(title__icontains=word) | Q(description__icontains=word)


class AssignTogether(forms.Form):
    """Several requests to one person."""

    def __init__(self, people: list[Person], data: Any = None) -> None:
        super().__init__(data)
        self.fields["handler"] = forms.ChoiceField(
            label="选中的分给", choices=[("", "选一个人"), *((str(p.pk), p.name) for p in people)]
        )
