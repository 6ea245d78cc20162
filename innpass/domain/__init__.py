"""Law, linking, sheets, access, journey: plain Python; no Django, no clock, no database."""
