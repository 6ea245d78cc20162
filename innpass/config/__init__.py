"""Settings, URLs, command line."""
