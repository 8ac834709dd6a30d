"""Screens of what follows a reply and stands beside it."""
