"""What the columns of a file mean: as they were understood, and as the municipality chooses."""
