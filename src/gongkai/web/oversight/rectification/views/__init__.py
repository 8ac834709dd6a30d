"""Screens of rectification: lists, a task, notices, self-checks, settings."""
