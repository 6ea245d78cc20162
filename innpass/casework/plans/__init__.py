"""The integration plan: its versions, each frozen when it is agreed."""
