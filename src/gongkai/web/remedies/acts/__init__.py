"""Acts on what follows a reply and stands beside it, one file for one matter.

Each asks the policy, changes, and writes its line in the audit trail, in one transaction.
"""
