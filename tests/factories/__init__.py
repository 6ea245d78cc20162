"""What tests share: a fixed cast of persons, and municipalities made in a moment."""
