"""App configuration."""

from django.apps import AppConfig


class EnteringConfig(AppConfig):
    """Entering by hand."""

    name = "innpass.web.entering"
    label = "web_entering"
