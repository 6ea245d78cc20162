"""Following up those at a workplace: when visits are due, what is late, what was said there."""
