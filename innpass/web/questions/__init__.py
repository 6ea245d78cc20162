"""What only a human can decide."""
