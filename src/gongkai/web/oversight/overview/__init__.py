"""How an office is doing, agencies side by side, and the periodic brief."""
