"""App configuration of the house itself: checks, and the table the lock-out counts in."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import Tags, register
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(**kwargs: Any) -> None:
    """Make the cache's table after migrations; nothing happens when it is there."""
    if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        call_command("createcachetable", database=kwargs["using"], verbosity=0)


class HouseConfig(AppConfig):
    """The house: settings, URLs, command line."""

    name = "innpass.config"
    label = "house"

    def ready(self) -> None:
        """Register the checks."""
        from innpass.config.checks import assets_are_there, sqlite_is_safe

        register(Tags.database)(sqlite_is_safe)
        register(Tags.staticfiles)(assets_are_there)
        # Of an app without models, such as this one, Django tells nobody that it has migrated.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("accounts"))
