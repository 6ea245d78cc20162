"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and signing in."""

    name = "innpass.casework.accounts"
    label = "accounts"
