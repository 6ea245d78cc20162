"""App configuration."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Encrypted fields: identity numbers and files."""

    name = "innpass.casework.sealing"
    label = "sealing"
