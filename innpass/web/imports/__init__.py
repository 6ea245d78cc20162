"""Handing in workbooks: progress, preview, apply."""
