"""The staff's desk: what waits for me, what is due, what went wrong; and search over everything."""
