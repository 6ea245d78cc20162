"""App configuration."""

from django.apps import AppConfig


class ParticipantConfig(AppConfig):
    """One participant's page."""

    name = "innpass.web.participant"
    label = "web_participant"
