"""App configuration."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Employers and practice periods."""

    name = "innpass.casework.placements"
    label = "placements"
