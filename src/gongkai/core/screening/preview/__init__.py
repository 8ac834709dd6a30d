"""An attachment shown without opening it: the first page as a picture, or its words and tables.

``first_page_png`` draws pdf and pictures; ``preview_html`` tells the words and
tables of Word files and workbooks as html that holds nothing but them.
"""

from __future__ import annotations

from .drawn import first_page_png
from .told import preview_html

__all__ = ["first_page_png", "preview_html"]
