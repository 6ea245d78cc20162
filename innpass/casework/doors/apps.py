"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Invitations, codes and what an employer confirmed."""

    name = "innpass.casework.doors"
    label = "doors"

    def ready(self) -> None:
        """Let following up know what employers say of those who did not come."""
        import_module("innpass.casework.doors.telling")
