"""App configuration."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """The map of employers and each employer's page."""

    name = "innpass.web.employers"
    label = "web_employers"
