"""The figures of published annual reports as open data: asked for piece by piece, or whole as files.

Read in this order: ``cells`` (what the form's cells are called), ``rows`` (a row a figure, a
row a report), ``fields`` (what each holds), ``rates``, ``lists`` (asked for with filters), ``writing``
(files of four formats), ``kept`` (the files of a year and of all years, made in the
background), ``description`` and ``page`` (what explains them), ``pages`` (what is baked),
``views``.
"""
