"""Agencies: who publishes, handles and reports, in a tree, with their past names."""
