"""The whole file of a case: one PDF with contents, or a zip with hashes.

Read in this order: ``pieces`` (what belongs to the file, in the order of the archive, F01),
``sheets`` (what the record tells, set as pages), ``binding`` (all of it as one PDF), ``packing``
(all of it as a zip).
"""
