"""One participant's page."""
