"""The form of the outcome: facts of the reply, what the file needs, each withheld part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms

from gongkai.core.handling.grounds import withholding_grounds
from gongkai.core.handling.outcomes import Outcome, outcomes
from gongkai.core.handling.requirements import Requirement
from gongkai.core.letters import LetterKind

from ..evidence import held
from ..models import DisclosureRequest, Paper, PaperKind
from ..templatetags.law import short, short_all
from .files import FilesField
from .letters import FactsForm
from .steps import PapersField, area, choose_from, enclosable

# Told by the parts below, each with its article.
_OF_THE_PARTS = "withheld_parts"
_REASONS = "otherwise"
LEAST_PARTS, MOST_PARTS = 2, 60


def unmet_by_facts(
    case: DisclosureRequest, kind: LetterKind, needed: Iterable[Requirement]
) -> list[Requirement]:
    """What neither the record nor any fact of the letter shows: it has a field of its own."""
    every = dict.fromkeys((fact.id for fact in kind.facts if fact.id != "attachments"), "…")
    part = {"where": "…", "ground": Outcome.THIRD_PARTY_INTEREST.value, "reasons": "…"}
    holds = held(case, every, [part])
    return [one for one in needed if not one.met(holds)]


class DecisionForm(FactsForm):
    """Facts of the reply by their names, evidence by the names of the requirements."""

    def __init__(
        self,
        kind: LetterKind,
        facts: Mapping[str, Any],
        needed: Iterable[Requirement],
        *args: Any,
        known: Iterable[str] = (),
        otherwise: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(kind, facts, *args, **kwargs)
        self.fields.pop(_OF_THE_PARTS, None)
        self.known = [name for name in self.fields if name in set(known)]
        for one in needed:
            # What the record itself may show comes last; the first is what people write.
            name = one.any_of[0].id
            if name in self.fields:
                continue
            self.fields[name] = forms.CharField(
                label=one.label,
                help_text=f"{one.says}（{short_all(one.citations)}）",
                required=False,
                initial=facts.get(name, ""),
                widget=area(2),
            )
            self.notes[name] = "卷内要有"
        if otherwise:
            self.fields[_REASONS] = forms.CharField(
                label="为什么不按逐问的结果", widget=area(2), required=False
            )
            self.notes[_REASONS] = "逐问得出别的结果时要写"

    def open_fields(self) -> list[forms.BoundField]:
        """What has to be written now."""
        return [self[name] for name in self.fields if name not in self.known]

    def known_fields(self) -> list[forms.BoundField]:
        """What the case itself tells; may be changed for this reply."""
        return [self[name] for name in self.known]

    def told(self) -> dict[str, Any]:
        """Facts and evidence that were written, without what the case tells by itself."""
        given = self.cleaned_data
        changed = set(self.changed_data)
        return {
            name: given[name]
            for name in self.fields
            if name != _REASONS and given.get(name) not in (None, "", [])
            and (name not in self.known or name in changed)
        }  # fmt: skip

    def reasons(self) -> str:
        """Why another outcome than the guide's."""
        return str(self.cleaned_data.get(_REASONS, ""))


class PartForm(forms.Form):
    """One part that is not disclosed (art. 37)."""

    notes = MappingProxyType(dict.fromkeys(("where", "ground", "reasons"), ""))
    where = forms.CharField(
        label="在哪里", required=False, max_length=300, help_text="哪一份、第几页、哪一栏。"
    )
    ground = forms.ChoiceField(label="依据", required=False)
    reasons = forms.CharField(
        label="理由", required=False, widget=area(2), help_text="会写进答复书。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [
            ("", "选一条"),
            *(
                (g.outcome.value, f"{g.label}（{short(g.citation)}）")
                for g in withholding_grounds()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """A part that is begun is written to its end; 'the third party refuses' is no reason."""
        given = super().clean() or self.cleaned_data
        words = {"where": "写在哪里", "ground": "选依据", "reasons": "写理由"}
        begun = any((given.get(name) or "").strip() for name in words)
        for name, ask in words.items():
            if begun and not (given.get(name) or "").strip():
                self.add_error(name, f"{ask}。")
        reasons = "".join((given.get("reasons") or "").split()).rstrip("。")
        if reasons in ("第三方不同意", "第三方不同意公开", "不宜公开", "依法不予公开"):
            self.add_error("reasons", f"写为什么不能公开，不能只写“{reasons}”。")
        return given

    def told(self) -> dict[str, str] | None:
        """The part; None where nothing is written."""
        given = {name: self.cleaned_data.get(name, "").strip() for name in self.fields}
        return given if any(given.values()) else None


class PartsForm:
    """The parts of a partial disclosure, as many as are written and some to write."""

    def __init__(self, parts: list[Mapping[str, str]], data: Any = None, *, more: int = 0) -> None:
        sent = data.get("parts", "") if data is not None else ""
        count = int(sent) if str(sent).isdecimal() else max(LEAST_PARTS, len(parts))
        self.count = min(count + more, MOST_PARTS)
        self.forms = [
            PartForm(
                data,
                prefix=f"part{at}",
                initial=parts[at - 1] if at <= len(parts) else None,
            )
            for at in range(1, self.count + 1)
        ]

    def is_valid(self) -> bool:
        """Whether every part that is begun is written to its end."""
        return not [form for form in self.forms if not form.is_valid()]

    def told(self) -> list[dict[str, str]]:
        """What is withheld, where, why."""
        return [part for form in self.forms if (part := form.told()) is not None]

    def errors(self) -> list[tuple[str, str, str]]:
        """(address, label, words) of everything wrong, for the summary."""
        return [
            (field.id_for_label, f"第 {at} 处{field.label}", str(words))
            for at, form in enumerate(self.forms, 1)
            for field in form
            for words in field.errors
        ]


class SupplyForm(forms.Form):
    """What is supplied with the reply: papers of the file, or new ones."""

    papers = PapersField(label="从卷内选提供的信息")
    new_papers = FilesField(
        label="上传提供的信息",
        help_text="给申请人的文件（区分处理过的文本）；放进卷内，印在答复的附件里。",
    )

    def __init__(self, case: DisclosureRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held_here = enclosable(case).filter(kind=PaperKind.INFORMATION)
        choose_from(self, "papers", held_here)
        if not held_here.exists():
            del self.fields["papers"]

    def clean(self) -> dict[str, Any]:
        """None chosen where there is none to choose."""
        given = super().clean() or self.cleaned_data
        given.setdefault("papers", Paper.objects.none())
        return given


class OtherOutcomeForm(forms.Form):
    """An outcome chosen without the guide, or against it."""

    outcome = forms.ChoiceField(label="办理结果")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        groups: dict[str, list[tuple[str, str]]] = {}
        for rule in outcomes():
            if rule.by_reply or rule.outcome is Outcome.OTHERWISE_CONCLUDED:
                groups.setdefault(rule.group.label, []).append((rule.outcome.value, rule.label))
        outcome.choices = [("", "选一种"), *groups.items()]
