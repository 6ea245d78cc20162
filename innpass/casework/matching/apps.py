"""App configuration."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """What a match is computed from and what people chose."""

    name = "innpass.casework.matching"
    label = "matching"
