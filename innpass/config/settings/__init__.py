"""Django's settings: one module per use, all built on ``base``."""
