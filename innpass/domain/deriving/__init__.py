"""What holds about a person, from every source: the current values, and what is left to ask."""
