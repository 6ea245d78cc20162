"""Links into the forms, for the templates of other screens."""
