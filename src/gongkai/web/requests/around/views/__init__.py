"""Screens around requests."""
