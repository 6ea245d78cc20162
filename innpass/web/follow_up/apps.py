"""App configuration."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Following up those at a workplace."""

    name = "innpass.web.follow_up"
    label = "web_follow_up"
