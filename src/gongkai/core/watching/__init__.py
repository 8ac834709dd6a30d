"""What is stale, late or wrong, judged from facts: limits as cited data, no clock of its own."""
