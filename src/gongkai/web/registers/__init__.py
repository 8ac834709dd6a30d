"""Registers beside the items: powers and duties, standard catalogue, yearly counts, word lists, days."""
