"""The acts of disclosure, in the order of an item's life.

draft → submit (recall) → review_section → review_secrecy → approve → publish, or
return_item with reasons; schedule, correct, withdraw, discard; answer_finding and redact
during review; declare_validity, record_release and reassess afterwards.  Each act asks the
policy, checks where the item stands, changes it, and leaves an audit line, in one transaction.
"""
