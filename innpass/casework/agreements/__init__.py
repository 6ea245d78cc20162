"""One participant at one employer, from proposed to ended, and the agreement about it."""
