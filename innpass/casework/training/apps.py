"""App configuration."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Class, track, language levels and tests."""

    name = "innpass.casework.training"
    label = "training"
