"""The demo municipality; not installed in production."""
