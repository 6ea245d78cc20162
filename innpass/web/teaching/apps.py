"""App configuration."""

from django.apps import AppConfig


class TeachingConfig(AppConfig):
    """Groups, rooms, places, workplaces' hours and ties: looked at and kept."""

    name = "innpass.web.teaching"
    label = "web_teaching"
