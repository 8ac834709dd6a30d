"""Oversight and guarantee (监督保障, arts. 46 to 53): what is due, stale or wrong, and what was done.

``watching`` finds; ``rectification`` carries what was found until somebody else confirms that it
is mended; ``measures`` and ``concerns`` are the registers; ``assessment`` scores a year from the
records; ``overview`` shows it all and writes the brief.
"""
