"""Screens of assessments: tables, results, one agency's sheet, the records behind a score."""

# The place of the desk that all of them belong to.
HERE = "overview:home"
# How many records stand on a page.
LINES = 100
