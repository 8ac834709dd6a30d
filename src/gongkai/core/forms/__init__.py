"""The annual report form, edition by edition.  The form is data; Python only reads it.

Read in this order: ``editions/*.toml``, ``model``, ``load``, ``address``,
``label`` (printed words made comparable), ``layout`` (the official look).
"""

from .address import address, split
from .layout import Layout, LayoutCell, layouts
from .load import edition, edition_for, editions, load_form
from .model import Alternative, CellSpec, Equation, Form, Kind

__all__ = [
    "Alternative",
    "CellSpec",
    "Equation",
    "Form",
    "Kind",
    "Layout",
    "LayoutCell",
    "address",
    "edition",
    "edition_for",
    "editions",
    "layouts",
    "load_form",
    "split",
]
