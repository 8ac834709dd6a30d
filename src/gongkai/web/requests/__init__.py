"""Disclosure on request (依申请公开, arts. 27 to 45): one file for one legal act.

Read in this order: ``models/`` (the request, who asks, what was done, papers, letters),
``clock`` (what the core says of a request, kept beside it), ``acts/`` (the only place where
anything changes), ``views/`` (staff), ``asking/`` (the public).
"""
