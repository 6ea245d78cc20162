"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what to whom, and who read whom; written here, read by investigators only."""

    name = "innpass.casework.audit"
    label = "audit"
