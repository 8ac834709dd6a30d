"""What is published, in which column, under which heads: the statutory items and the lists.

Read in this order: ``statutory`` (articles 20 and 21), ``agency_kinds`` (who has
which columns), ``disclosure_class`` (with its legal grounds), ``validity``,
``terms`` (genre, theme, channel, domain), ``index_number``.  The ``*.toml`` files
hold the words; what could not be verified says so there and on the object.
"""

from .agency_kinds import AgencyKind, Column, Duty, columns, columns_for, duty_of
from .disclosure_class import DisclosureClass, Ground, Strength, ground, grounds_for
from .index_number import IndexTemplate, parse_template
from .statutory import StatutoryItem, statutory_item, statutory_items
from .terms import Term, TermList, channels, domains, genres, standard_channels, themes
from .validity import Validity

__all__ = [
    "AgencyKind",
    "Column",
    "DisclosureClass",
    "Duty",
    "Ground",
    "IndexTemplate",
    "StatutoryItem",
    "Strength",
    "Term",
    "TermList",
    "Validity",
    "channels",
    "columns",
    "columns_for",
    "domains",
    "duty_of",
    "genres",
    "ground",
    "grounds_for",
    "parse_template",
    "standard_channels",
    "statutory_item",
    "statutory_items",
    "themes",
]
