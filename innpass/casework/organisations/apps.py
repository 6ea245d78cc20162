"""App configuration."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Municipality (tenant), its three bodies, units, memberships and roles."""

    name = "innpass.casework.organisations"
    label = "organisations"
