"""Screens of matters of public concern."""
