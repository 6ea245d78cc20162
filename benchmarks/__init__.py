"""How fast Innpass is, beside others where that says something. See README.md."""
