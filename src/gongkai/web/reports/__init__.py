"""The annual report on the platform (arts. 49, 50): made from the ledgers, reviewed, published.

``models`` (what is kept), ``figures`` (a cell with its computed and its typed number),
``sources`` (the ledgers that figures come from), ``filling`` (a version as a report of the
core), ``checking`` (what is found in it), ``prose`` (what the year's facts say in words),
``papers`` (its five forms), ``matching`` and ``standing`` (whose a file is; who reports to a
government, and what of it counts), ``acts`` (one act a function).

The report's review is that of an item of information: what is published is an item in the
column of annual reports, and takes the same steps as any other (``disclosure``).
"""
