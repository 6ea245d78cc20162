"""App configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work as rows with a status, done by the worker."""

    name = "innpass.casework.jobs"
    label = "jobs"
