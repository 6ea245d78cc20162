"""App configuration."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Placement cases, agreements by version, signatures and schemes."""

    name = "innpass.casework.agreements"
    label = "agreements"
