"""Which instruments Gongkai follows, and how a place in them is cited.

``texts/*.toml`` hold title, document number, dates and the places we rely on;
``citation`` prints a reference such as ``ogi-regulation-2019#49``.
"""

from .citation import cite
from .instruments import Instrument, instruments

__all__ = ["Instrument", "cite", "instruments"]
