"""App configuration."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """The employer's page without an account."""

    name = "innpass.web.doors"
    label = "web_doors"
