"""App configuration."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """What the columns of a file mean: as they were understood, and as the municipality chooses."""

    name = "innpass.web.mapping"
    label = "web_mapping"
