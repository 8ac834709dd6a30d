"""What stands around requests: the ledger, the whole file, feeds and reminders, privacy, settings.

Ledger out and in; a case as one PDF or a zip with hashes; due days for calendars, reminders and
chases; erasure by period and what is held of a person; how an agency handles requests.
"""
