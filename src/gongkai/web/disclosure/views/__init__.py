"""The officer's screens: lists, drafting, review, files, and what comes afterwards."""
