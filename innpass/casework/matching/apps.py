"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """What a match is computed from and what people chose."""

    name = "innpass.casework.matching"
    label = "matching"

    def ready(self) -> None:
        """Listen to what is proposed: it ends a lock."""
        import_module("innpass.casework.matching.locks")
