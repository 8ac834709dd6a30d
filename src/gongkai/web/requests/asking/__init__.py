"""The public side of disclosure on request: asking (arts. 27 to 29) and seeing how far it is.

Read in this order: ``drafts`` (what is typed is kept, sealed), ``forms`` (what the law asks of a
requester and nothing more), ``views/steps`` (agency, what, who, check), ``views/progress``
(by code), ``views/hand_in``.  What is submitted or handed in changes things only through
``requests/acts``.  Every page works without JavaScript; nothing personal stands in an address.
"""
