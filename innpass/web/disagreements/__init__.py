"""What the bodies' sources disagree about, decided by a human."""
