"""The overview out in the municipality's own sheet, and what was edited there in again."""
