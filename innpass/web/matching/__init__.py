"""Proposals for one participant, one place and everybody."""
