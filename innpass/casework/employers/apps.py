"""App configuration."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Employers, their contacts and practice places."""

    name = "innpass.casework.employers"
    label = "employers"
