"""App configuration."""

from django.apps import AppConfig


class RegisteringConfig(AppConfig):
    """What must be registered in the national register, ticked off."""

    name = "innpass.web.registering"
    label = "web_registering"
