"""看数据: the figures of published annual reports, over the years and over agencies.

``told`` (a report as these pages show it), ``lines`` (what is told, in which order), ``tables``
(reports into tables), ``pictures`` (charts beside them), ``agency`` and ``region`` (the pages),
``comparing`` (any two reports), ``addresses`` (which pages there are, and which a change
touches).  ``told``, ``lines``, ``tables`` and ``pictures`` know no publication: the desk shows
drafts by them too.
"""
