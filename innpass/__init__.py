"""Innpass: from settlement to ordinary work."""
