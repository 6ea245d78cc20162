"""Users and signing in."""
