"""The models, a file each. ``says`` is the guide, word for word; all else is our reading of it."""
