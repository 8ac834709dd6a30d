"""The life of a request, as the Regulation tells it: from receipt to reply.

Read in this order.  The clock: ``channels``, ``receipt`` (which day counts as received),
``transitions`` (where a request can stand, and the table of moves), ``history`` (what was
recorded), ``settings`` (what the law leaves open), ``course``, ``walk``, ``conditions`` and
``steps`` (what the acts make of it), ``clock`` (the account) with ``day_lines``,
``running_limits`` and ``changes``, ``interchange`` (a history from JSON, an account to it).
The reply: ``outcomes``, ``requirements``, ``grounds``.  The ledger: ``ledger`` and after it.
"""
