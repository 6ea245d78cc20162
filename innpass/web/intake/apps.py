"""App configuration."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Term intake: who starts when, in which group and class, and the sessions before."""

    name = "innpass.web.intake"
    label = "web_intake"
