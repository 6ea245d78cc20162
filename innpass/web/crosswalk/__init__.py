"""Persons across the bodies' systems: gaps, doubles and collisions, each as work for somebody."""
