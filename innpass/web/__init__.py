"""Screens: views, forms, pages, templates."""
