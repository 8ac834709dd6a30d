"""Text files to prose and grids.

``reader`` goes down the lines; ``drawn`` reads tables drawn with characters,
``separated`` comma-separated values, ``markdown`` pages of HTML kept in Markdown,
``wrapped`` puts labels together that a narrow column broke.
"""

from .reader import parse

__all__ = ["parse"]
