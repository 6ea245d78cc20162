"""App configuration."""

from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    """Imported rows become people: link, derive, compare, apply."""

    name = "innpass.casework.reconciliation"
    label = "reconciliation"
