"""App configuration."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Campaigns, replies, meetings and dialogue with employers."""

    name = "innpass.casework.outreach"
    label = "outreach"
