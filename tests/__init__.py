"""The tests, and the small programs that run them."""
