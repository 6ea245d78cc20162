"""App configuration."""

from django.apps import AppConfig


class RoundTripConfig(AppConfig):
    """The overview out in the municipality's own sheet, and what was edited there in again."""

    name = "innpass.casework.round_trip"
    label = "round_trip"
