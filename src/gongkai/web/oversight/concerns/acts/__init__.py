"""Acts on matters of public concern, one function each."""
