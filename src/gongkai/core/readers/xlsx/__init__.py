"""Spreadsheets (xlsx) to prose and grids, from the XML of the package itself.

``reader`` reads the visible sheets, ``values`` what a cell holds exactly,
``regions`` which rows of a sheet are a table and which are prose, ``margin``
which column belongs to neither; ``cells`` are what all of them speak of.
"""

from .reader import parse

__all__ = ["parse"]
