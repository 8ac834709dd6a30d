"""Prose and grids of any format, understood as one annual report.

Read in this order: ``vocabulary`` (the words of every edition), ``rows`` (which
table a row belongs to; ``label_match`` for labels worded otherwise),
``columns`` (which cell stands under which head), ``bind`` (the cells of one
form), ``run_together`` and ``splitting`` (figures that lost their borders),
``local_tables``; ``prose``, ``one_line`` and ``identity`` for the words; and
``reading``, where all of it becomes a report.
"""
