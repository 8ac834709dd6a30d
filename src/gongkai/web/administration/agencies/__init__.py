"""Keep agencies: make, rename, merge, end; contact data, officers, steps; the roster."""
