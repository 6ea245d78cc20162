"""The report for the state supervisor: asking for it, waiting for it, taking it out."""
