"""What may be done with an annual report, one act a function."""
