"""A year's work scored by a table that the region defines, each score with its evidence."""
