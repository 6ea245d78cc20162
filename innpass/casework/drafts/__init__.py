"""What somebody has typed into a form and not yet saved."""
