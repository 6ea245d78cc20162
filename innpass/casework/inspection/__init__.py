"""The report for the state supervisor: what Innpass can show of each case, and what it cannot."""
