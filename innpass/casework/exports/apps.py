"""App configuration."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """What leaves Innpass: the canonical form, and a sheet the municipality can go on using."""

    name = "innpass.casework.exports"
    label = "exports"
