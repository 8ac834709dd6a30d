"""Word files as bodies: what of a docx is text, structure and picture.

``walk`` goes through the document and makes blocks; ``runs`` reads one paragraph, ``styles``
says what its styles mean, ``lists`` which of its numbers are bullets, ``pictures`` takes the
pictures out, ``notes`` numbers the footnotes, ``grid`` lays out the tables.
"""
