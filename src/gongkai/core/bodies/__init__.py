"""The body (正文) of an item of information: taken in, cleaned, compared, shown.

``sanitise`` makes pasted html fit to be stored, ``from_docx`` imports a Word file, ``text``
gives plain text, ``compare`` says what changed, ``display`` writes the public page,
``references`` lists what a body points to.  Read ``content`` first: the blocks that all of
them share.
"""
