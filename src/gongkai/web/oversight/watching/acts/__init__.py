"""The acts of watching: ask for a run, judge a finding, promise and confirm of a column, set numbers."""
