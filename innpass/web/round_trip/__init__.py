"""The overview in the municipality's own sheet: hand it out, show what was edited, enter it."""
