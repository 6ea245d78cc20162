"""The map of employers and each employer's page."""
