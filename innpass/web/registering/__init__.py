"""What must be registered in the national register, ticked off."""
