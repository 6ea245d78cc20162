"""Encryption of single values and whole files, and tokens to search by. Knows no Django."""
