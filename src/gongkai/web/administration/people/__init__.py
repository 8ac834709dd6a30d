"""Keep accounts and appointments; sign in and out, second factor, identity provider; my settings."""
