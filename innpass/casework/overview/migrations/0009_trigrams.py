"""An index of every three letters in a row (``overview.trigrams``), and names' keys in a column of their own."""

from django.apps.registry import Apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.core.management import CommandError
from django.db import DatabaseError, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from innpass.casework.overview.trigrams import drop_index, make_index

IN_POSTGRESQL = GinIndex(
    fields=["search", "spellings"], opclasses=["gin_trgm_ops"] * 2, name="overview_trigrams"
)


class Trigrams(TrigramExtension):
    """PostgreSQL's ``pg_trgm``; where it cannot be had, a sentence says what to do."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except DatabaseError as error:
            raise CommandError(
                "Innpass searches names with PostgreSQL's extension pg_trgm, which could not be"
                " made in this database. Install PostgreSQL's contrib modules, let an administrator"
                " of the database run CREATE EXTENSION pg_trgm; in it, and migrate again."
                f" PostgreSQL says: {error}"
            ) from error

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Leave the extension, which may have been there before."""


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.add_index(apps.get_model("overview", "OverviewRow"), IN_POSTGRESQL)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.remove_index(apps.get_model("overview", "OverviewRow"), IN_POSTGRESQL)


def make_due(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every row be due (``services.due_rows``), to get the keys anew."""
    rows = apps.get_model("overview", "OverviewRow")
    rows._base_manager.using(schema_editor.connection.alias).update(changes_on=F("as_of"))


class Migration(migrations.Migration):
    dependencies = [("overview", "0008_below_first")]

    operations = [
        Trigrams(),
        migrations.AddField(
            model_name="overviewrow",
            name="spellings",
            field=models.CharField(default="", max_length=2000),
        ),
        migrations.RunPython(add, remove),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(make_due, migrations.RunPython.noop),
    ]
