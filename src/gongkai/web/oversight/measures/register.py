"""What all registers of measures have in common: the year of a line, who sees it, its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet

from gongkai.core.watching.systems import systems
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField
from gongkai.web.registers.kinds import Register

from .models import PaperKind


@dataclass(frozen=True)
class MeasureRegister(Register):
    """One register of measures.

    ``day`` places a line in a year; where it has an end too (``lasting``), a line belongs to every
    year it lasted in.  ``papers``: what may be kept with a line; ``article``: what asks for it.
    """

    day: str = ""
    lasting: bool = False
    papers: tuple[PaperKind, ...] = ()
    article: str = ""
    # Of whom another agency than its own is told; such a line is seen there too.
    other: str = ""

    def of_year(self, lines: QuerySet[Any], year: int) -> QuerySet[Any]:
        """Those of ``lines`` that belong to ``year``."""
        if not self.lasting:
            return lines.filter(**{f"{self.day}__year": year})
        begun = lines.filter(**{f"{self.day}__year__lte": year})
        return begun.filter(Q(ended_on=None) | Q(ended_on__year__gte=year))

    def readable(self, agencies: list[Agency], *, removed: bool = False) -> QuerySet[Any]:
        """The lines that whoever reads ``agencies`` sees; or of those that were taken out."""
        seen = Q(agency__in=agencies)
        if self.other:
            seen |= Q(**{f"{self.other}__in": agencies})
        named_too = ("agency", self.other) if self.other else ("agency",)
        kept = self.model._default_manager.filter(seen, removed_at__isnull=not removed)
        return kept.select_related(*named_too)

    def form_of(self, own: list[Agency], others: list[Agency]) -> type[forms.ModelForm[Any]]:
        """The form of one line of one of ``own``; ``others`` are whom it may be about."""

        def field(db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
            if db_field.name in ("agency", self.other):
                among = own if db_field.name == "agency" else others
                chosen = Agency.objects.filter(pk__in=[a.pk for a in among])
                return forms.ModelChoiceField(chosen, label=db_field.verbose_name)
            if db_field.name == "systems":
                return forms.MultipleChoiceField(
                    label=db_field.verbose_name,
                    choices=[(one.id, one.label) for one in systems().values()],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
            if db_field.choices:
                return forms.ChoiceField(
                    label=db_field.verbose_name, choices=[("", "——"), *db_field.choices]
                )
            if isinstance(db_field, models.DateField):
                return DateField(label=db_field.verbose_name, required=not db_field.blank)
            if isinstance(db_field, models.TextField):
                kwargs["widget"] = forms.Textarea(attrs={"rows": 4})
            return db_field.formfield(**kwargs)

        made = forms.modelform_factory(self.model, fields=self.fields, formfield_callback=field)
        for name, hint in HINTS.items():
            if name in made.base_fields:
                made.base_fields[name].help_text = hint
        return made


# What a field wants, by its name.
HINTS = {
    "systems": "一份文件建立几项制度的，都选上；都不是的不选。",
    "index_number": "制度已经公开的，写它在公开平台上的索引号，清单上就有链接。",
    "people": "没有统计的空着；空白和 0 不一样。",
    "hours": "一次培训多少学时。没有统计的空着。",
    "persons": "没有统计的空着。只写人数，不写姓名。",
    "matter": "写事，不写人的姓名。",
    "ended_on": "现在还是的空着；变了的写到哪天，再加一条新的。",
}
