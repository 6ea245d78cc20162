"""The shared grid: search, filters, sorting, export."""
