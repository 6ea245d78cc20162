"""App configuration."""

from django.apps import AppConfig


class DisagreementsConfig(AppConfig):
    """What the bodies' sources disagree about."""

    name = "innpass.web.disagreements"
    label = "web_disagreements"
