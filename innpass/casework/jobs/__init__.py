"""Long work as rows with a status, done by the worker."""
