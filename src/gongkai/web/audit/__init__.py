"""Audit: who did which act to what, when, why, before and after. Append only.

``record`` writes an entry inside the transaction of its act, so that there is no act
without its entry and no entry without its act.  Each entry carries the SM3 digest of the
one before it; ``chain.verify`` finds the first that was changed or taken out.
"""
