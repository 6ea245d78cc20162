"""The table that wrong passwords and guesses are counted in comes with the migrations."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection


@pytest.mark.django_db
def test_the_cache_has_its_table_after_migrations(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "innpass_cache",
        }
    }

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert "innpass_cache" in connection.introspection.table_names()
    cache.set("tries", 1)
    assert cache.incr("tries") == 2
