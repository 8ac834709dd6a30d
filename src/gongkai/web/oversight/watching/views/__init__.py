"""The pages of watching."""
