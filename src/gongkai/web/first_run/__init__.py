"""The first start: the one-time passwords of a demonstration, or the page that begins an empty one.

``sign_ins`` gives the people of the demonstration their first passwords.  The page makes the
first agency and the three administrators, three different people; it is guarded by a
``token`` that only the terminal shows, and gone once they are made.
"""
