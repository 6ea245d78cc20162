"""App configuration."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from innpass.exchange.sealing.keyring import KeyFileProblem


def make_canary_after_migrations(**kwargs: Any) -> None:
    """Store the canary; without a usable key file the checks tell what is wrong."""
    from innpass.casework.sealing.services import make_canary, tables_are_there

    try:
        if tables_are_there():
            make_canary()
    except KeyFileProblem:
        return


class SealingConfig(AppConfig):
    """Encrypted fields: identity numbers and files."""

    name = "innpass.casework.sealing"
    label = "sealing"

    def ready(self) -> None:
        """Register the checks and the canary."""
        from innpass.casework.sealing.checks import key_file_can_be_used, keys_open_the_database

        register(Tags.security)(key_file_can_be_used)
        register(Tags.database)(keys_open_the_database)
        post_migrate.connect(make_canary_after_migrations, sender=self)
