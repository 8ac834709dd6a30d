"""The public site: pages, search, feeds, open data; and the same as baked files.

``pages`` names every page and makes it, the same whether the application is asked or the
site is baked (``bake``); ``touched`` says which pages a change reaches; ``links`` keeps every
address relative, so that the files work under any path.  Only ``publication`` is read here:
no door leads to a draft (docs/adr/0008).
"""
