"""Proactive disclosure: from draft to public, with review in between.

``models`` keeps items, versions, files and what reviewers said.  State changes only in
``acts``: one legal act, one file, with its permission, its clock and its audit line.
"""
