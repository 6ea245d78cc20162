"""App configuration."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Whose programme, and right to Norwegian tuition, runs out."""

    name = "innpass.web.deadlines"
    label = "web_deadlines"
