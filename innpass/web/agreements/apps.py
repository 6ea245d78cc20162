"""App configuration."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Placement cases and their agreements."""

    name = "innpass.web.agreements"
    label = "web_agreements"
