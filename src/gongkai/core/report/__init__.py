"""One agency, one year, one edition: the report as values.

``cell`` (what a cell can hold), ``annual_report`` (the whole), ``interchange``
(our JSON, out and in), ``aggregate`` (many into one), ``compare`` (two side by side),
``measures`` (numbers, shares and rates across editions).
"""

from .annual_report import AnnualReport, LocalTable, Period, SectionText, Signature, form_of
from .cell import Cell, Number, Where

__all__ = [
    "AnnualReport",
    "Cell",
    "LocalTable",
    "Number",
    "Period",
    "SectionText",
    "Signature",
    "Where",
    "form_of",
]
