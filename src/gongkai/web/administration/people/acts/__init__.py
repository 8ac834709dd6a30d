"""The acts on people: accounts, appointments, and what everybody does with his own account.

The system administrator makes and disables accounts, the security administrator gives and
ends roles, resets passwords and unlocks.  Neither can do the other's part, and nobody can
do any of it for himself.
"""
