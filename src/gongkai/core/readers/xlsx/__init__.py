"""Spreadsheets (xlsx) to prose and grids, from the XML of the package itself.

``reader`` reads the visible sheets, ``values`` what a cell holds exactly,
``regions`` which rows of a sheet are a table and which are prose.
"""

from .reader import parse

__all__ = ["parse"]
