"""App configuration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Where one lands, and signs in to the demo."""

    name = "innpass.web.home"
    label = "web_home"
