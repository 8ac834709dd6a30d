"""Matters of public concern and the answers to them."""
