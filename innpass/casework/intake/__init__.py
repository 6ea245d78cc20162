"""Terms, who starts in them, groups, sessions, invitations, interpreters and questions."""
