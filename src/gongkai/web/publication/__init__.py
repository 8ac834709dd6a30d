"""What is public: one row for each published item, and nothing that is not.

Every public door (page, file, feed, search, API, sitemap, baked file) reads these tables
only.  Drafts live elsewhere, so no door can lead to one.  ``release`` and ``withdraw`` are
called by the acts of disclosure inside their transaction; each leaves a ``Change``, from
which the public pages are made again after a commit or, after a crash, at the next start.

The figures of published annual reports stand in ``PublishedReport``: ``reports`` keeps them with
each release, ``report_reading`` reads those that bring no data, ``report_figures`` gives them
to the core.
"""
