"""Findings carried to their end: tasks, notices, monthly self-checks."""
