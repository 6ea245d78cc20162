"""App configuration."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """The report for the state supervisor."""

    name = "innpass.casework.inspection"
