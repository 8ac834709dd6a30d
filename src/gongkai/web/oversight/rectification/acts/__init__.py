"""Acts of rectification: one function each."""
