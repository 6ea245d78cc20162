"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Visits, what is missing to be hired, job seeking, attests, contracts."""

    name = "innpass.casework.follow_up"
    label = "follow_up"

    def ready(self) -> None:
        """Object to endings that deny what is known of somebody at a workplace."""
        import_module("innpass.casework.follow_up.holding_endings")
