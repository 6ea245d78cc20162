"""Following up those at a workplace."""
