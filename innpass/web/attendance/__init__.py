"""Who came: noting it on a phone, planned beside attended, and whom to follow up."""
