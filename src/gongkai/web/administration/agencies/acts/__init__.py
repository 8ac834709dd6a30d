"""The acts on agencies: make, edit, officers, review steps, rename, merge, end; and undo.

What was published stays under the name and address it was published with (art. 10 lets the
successor go on with the duty).  Each act announces the change, so that the pages of the
agency are written again.
"""
