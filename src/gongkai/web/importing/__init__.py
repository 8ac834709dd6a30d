"""Move an existing site in: its items with their true days, texts and files.

``columns`` says what a row may hold, ``rows`` reads them, ``judging`` takes or refuses each,
``preparing`` cleans its text and looks at its files in processes beside (``crew``),
``writing`` enters a batch in one transaction, ``moving`` goes through the whole file.

What was public stays public under its own day of release: that day is a fact of the former
site, kept with the address it stood at there.
"""
