"""App configuration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Users, roles, retention and the field table."""

    name = "innpass.web.administration"
    label = "web_administration"
