"""Prose and grids of any format, understood as one annual report.

Read in this order: ``vocabulary`` (the words of every edition), ``lines`` (one
row of a grid, and what it can turn out to be), ``rows`` (which table a row
belongs to; ``label_match`` for labels worded otherwise), ``runs`` (which of
several tables that look alike), ``columns`` (which cell stands under which
head), ``bind`` (the cells of one form), ``stream``, ``run_together`` and
``splitting`` (figures that lost their borders), ``local_tables``; ``title``,
``prose``, ``one_line``, ``dates`` and ``identity`` for the words; and
``reading``, where all of it becomes a report.
"""
