"""App configuration."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The integration plan: its versions, each frozen when it is agreed."""

    name = "innpass.casework.plans"
    label = "plans"
