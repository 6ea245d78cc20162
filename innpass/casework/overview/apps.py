"""App configuration."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The shared grid: one row per participant."""

    name = "innpass.casework.overview"
    label = "overview"
