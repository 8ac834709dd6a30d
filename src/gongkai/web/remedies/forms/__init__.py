"""What staff write of cases, corrections and complaints, one file for one record."""
