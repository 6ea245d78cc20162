"""App configuration."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Terms, who starts in them, groups, sessions, invitations, interpreters and questions."""

    name = "innpass.casework.intake"
    label = "intake"
