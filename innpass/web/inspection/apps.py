"""App configuration."""

from django.apps import AppConfig


class InspectionScreensConfig(AppConfig):
    """The report for the state supervisor."""

    name = "innpass.web.inspection"
    label = "web_inspection"
