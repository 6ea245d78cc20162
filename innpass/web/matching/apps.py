"""App configuration."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Proposals for one participant, one place and everybody."""

    name = "innpass.web.matching"
    label = "web_matching"
