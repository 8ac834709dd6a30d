"""People: who they are, in which role, for which agency, and how they sign in."""
