"""From facts to where a case is, what is next, whose it is, and by when."""
