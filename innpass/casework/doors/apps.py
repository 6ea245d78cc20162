"""App configuration."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Invitations, codes and what an employer confirmed."""

    name = "innpass.casework.doors"
    label = "doors"
