"""The employer's way in without an account: to one placement, for a while."""
