"""App configuration."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """What somebody has typed into a form and not yet saved."""

    name = "innpass.casework.drafts"
    label = "drafts"
