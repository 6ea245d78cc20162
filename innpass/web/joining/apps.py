"""App configuration."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """Saying that two participants are one, or that one is two."""

    name = "innpass.web.joining"
    label = "web_joining"
