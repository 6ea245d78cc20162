"""Users, roles, retention and the field table."""
