"""App configuration."""

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    """The persons, their identifiers and protected addresses."""

    name = "innpass.casework.participants"
    label = "participants"
