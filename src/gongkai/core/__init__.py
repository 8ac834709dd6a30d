"""The law and the arithmetic.  Standard library and document parsers only; no clock, no network.

Read in this order: ``errors``, ``finding``, ``law`` (the instruments we cite),
``days`` (working days), ``time_limits``, ``catalogue`` (what is published, in which
column), ``document_number``, ``normative_document`` (what holds on a day), ``rules``
(every finding there is), ``forms`` (the form, edition by edition), ``report`` (one
agency, one year), ``fees``, ``handling`` (the life of a request: its clock, outcomes and
ledger), ``remedies`` (what may follow a reply), ``letters``, ``readers``, ``checks``,
``writers``.
"""
