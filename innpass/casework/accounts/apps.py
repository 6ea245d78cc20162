"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and signing in."""

    name = "innpass.casework.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to who signs in and out."""
        import_module("innpass.casework.accounts.signing_in")
