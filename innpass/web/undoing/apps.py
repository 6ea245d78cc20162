"""App configuration."""

from django.apps import AppConfig


class UndoingConfig(AppConfig):
    """Undoing an import."""

    name = "innpass.web.undoing"
    label = "web_undoing"
