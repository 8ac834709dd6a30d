"""Indicator tables by year and version, assessments by agency, and the scores in them."""

from .scores import Assessment, Score, Stage
from .tables import Indicator, IndicatorTable, Standing

__all__ = ["Assessment", "Indicator", "IndicatorTable", "Score", "Stage", "Standing"]
