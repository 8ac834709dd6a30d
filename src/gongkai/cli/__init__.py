"""The core at a desk, with no server: the ``gongkai`` command.

Read in this order: ``main`` (the tree of commands), ``program`` (help and usage
errors in two languages), ``options``, ``sources`` (which files), ``workers``
(many at once, none for too long), ``batch``, ``output``, then one file a command.
Every word a person reads stands in ``words/*.toml``.
"""
