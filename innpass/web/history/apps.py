"""App configuration."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The history of a participant: what changed, by whom, and who has read."""

    name = "innpass.web.history"
    label = "web_history"
