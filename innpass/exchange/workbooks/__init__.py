"""Workbooks in and out: hostile files are read in a process that may die, and tables are written."""
