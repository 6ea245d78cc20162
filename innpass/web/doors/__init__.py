"""The employer's page without an account."""
