"""Everything public, for programs: JSON and CSV, described by one OpenAPI document.

``fields`` says what each kind of row holds and what it means; ``resources`` which rows there
are and how they are asked for.  The answers (``views``), the description (``openapi``) and
the page for people (``page``) are all made of these two, so they cannot differ.
"""
