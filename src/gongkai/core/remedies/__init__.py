"""What may follow a reply: reconsideration and litigation, their clocks, and their count.

Read in this order: ``limits.toml`` and ``limits`` (how long, from when), ``means`` (what
a requester may do against an outcome, by the law of the day), ``bodies`` (who
reviews), ``cases`` (a case and its result), ``tally`` (table four).
"""
