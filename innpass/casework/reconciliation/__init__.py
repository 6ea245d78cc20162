"""Imported rows become people: link, derive, compare, apply."""
