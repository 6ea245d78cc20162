"""App configuration."""

from django.apps import AppConfig


class RoundTripConfig(AppConfig):
    """The overview in the municipality's own sheet: hand it out, show what was edited, enter it."""

    name = "innpass.web.round_trip"
    label = "web_round_trip"
