"""Class, track, language levels and tests."""
