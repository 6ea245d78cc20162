"""Entering by hand what an import can bring: people, their values, periods and tests."""
