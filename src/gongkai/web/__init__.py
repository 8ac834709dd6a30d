"""The platform: it keeps the records of a region and asks the core what the law says of them.

Reading order: ``settings``, ``urls``, ``policies`` (who may do what to whose record),
``audit``; then one folder for each matter, from ``agencies`` up to ``public`` and ``desk``.
"""
