"""The law engine beside its peers."""
