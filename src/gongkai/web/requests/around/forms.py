"""Forms around requests: the ledger out and in, a file to take away, a chase."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.core.handling.channels import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField, name_what_is_missing


class Named(forms.Form):
    """A form whose required fields say their own names when they are empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)


class LedgerForm(Named):
    """Which lines of the ledger to take away."""

    agency = forms.ChoiceField(label="机关", required=False)
    first = DateField(label="收到日期从", required=False)
    last = DateField(label="到", required=False)

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        everywhere = [("", "全部")] if len(agencies) > 1 else []
        agency.choices = [*everywhere, *((a.code, a.short_name) for a in agencies)]


class UploadForm(Named):
    """An old ledger to be looked through."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="机关",
        to_field_name="code",
        empty_label=None,
        help_text="表里有“受理机关”一栏的，按那一栏。",
    )
    channel = forms.ChoiceField(
        label="没有写渠道的按",
        required=False,
        choices=[("", "不转入，列出来"), *((c.value, c.label) for c in Channel)],
    )
    file = forms.FileField(label="xlsx 或者 csv 文件")

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])
