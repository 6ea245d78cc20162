"""Employers and practice periods."""
