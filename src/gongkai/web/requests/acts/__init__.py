"""The acts on requests: one legal act is one file; each asks, holds, checks, changes, tells.

register → confirm → assign; split; record_search; correction, reasons, consult, extend,
delay and fee write letters of the procedure; decide chooses the outcome.  A letter is drafted,
reviewed, signed and served (draft_letter, review_letter, sign, serve); what it does to the
request becomes an event on the day of service that counts.  withdraw, archive, redo, undo.
"""
