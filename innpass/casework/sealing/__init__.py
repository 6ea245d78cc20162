"""Encrypted fields: identity numbers and files."""
