"""App configuration."""

from django.apps import AppConfig


class CrosswalkConfig(AppConfig):
    """Persons across the bodies' systems."""

    name = "innpass.web.crosswalk"
    label = "web_crosswalk"
