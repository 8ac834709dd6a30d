"""Read the audit trail, and see whether its chain holds."""
