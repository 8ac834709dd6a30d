"""The word lists a region keeps, in the form the core looks with."""

from __future__ import annotations
