"""App configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files, their rows, and questions about cells."""

    name = "innpass.casework.imports"
    label = "imports"
