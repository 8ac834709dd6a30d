"""The life of a request, as the Regulation tells it: from receipt to reply."""
