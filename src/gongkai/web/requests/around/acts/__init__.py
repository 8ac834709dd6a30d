"""Acts around requests; each asks the policy, changes, and writes its line in the trail."""
