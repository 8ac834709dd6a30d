"""What administrators and everybody's own account do: agencies, people, the audit trail.

The records themselves (``agencies``, ``people``, ``audit``) stand below the policies, which
ask them who somebody is; the acts and screens here stand above, and ask the policies.
"""
