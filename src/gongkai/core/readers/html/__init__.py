"""Web pages to prose and grids.

``reader`` walks the tree; ``visibility`` tells what a screen does not show,
``furniture`` what belongs to the site and not to the document; ``text`` and
``table`` turn elements into words and grids.
"""

from .reader import blocks_of, parse

__all__ = ["blocks_of", "parse"]
