"""Workbooks in and out: any file is read in a process that may die, tables are written."""
