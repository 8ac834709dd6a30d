"""Screens of overview: an office, agencies side by side, what stands behind a number, briefs."""

# The place of the desk that all of them belong to.
HERE = "overview:home"
