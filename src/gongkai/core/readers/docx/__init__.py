"""Word documents (docx) to prose and grids, from the XML of the package itself.

``reader`` walks the body; ``text`` tells what a run says, ``table`` where a cell
stands; ``numbering`` and ``counting`` work out numbers that Word adds itself,
``styles`` what a style hides or heads; ``names`` are the XML names.
"""

from .reader import parse

__all__ = ["parse"]
