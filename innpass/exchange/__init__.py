"""Bytes in and out: workbooks, sealed values, the clock."""
