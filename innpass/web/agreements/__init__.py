"""Placement cases and their agreements."""
