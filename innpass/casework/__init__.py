"""Bounded contexts: services > queries > models."""
