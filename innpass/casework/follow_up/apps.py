"""App configuration."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Visits, what is missing to be hired, job seeking, attests, contracts."""

    name = "innpass.casework.follow_up"
    label = "follow_up"
