"""App configuration."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The shared grid: search, filters, sorting, export."""

    name = "innpass.web.overview"
    label = "web_overview"
