"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work as rows with a status, done by the worker."""

    name = "innpass.casework.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Find the functions: each context names its own in ``tasks.py``."""
        autodiscover_modules("tasks")
