"""The statutory rules as dated parameters and typed functions."""
