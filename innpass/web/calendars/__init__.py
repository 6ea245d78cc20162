"""Weeks taken out: calendar files, secret addresses to subscribe to, and on paper."""
