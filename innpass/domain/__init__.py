"""Law, planning, linking and the meaning of sheets: plain Python, no Django, no clock, no database."""
