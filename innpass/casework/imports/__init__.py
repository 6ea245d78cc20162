"""Files, their rows, and questions about cells."""
