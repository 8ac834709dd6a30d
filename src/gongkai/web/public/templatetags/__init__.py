"""The tags that public pages use."""
