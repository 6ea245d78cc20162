"""Whoever is below the law's hours stands first: the worker writes every row anew."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def make_due(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every row be due (``services.due_rows``); until then the order is as it was."""
    rows = apps.get_model("overview", "OverviewRow")
    rows._base_manager.using(schema_editor.connection.alias).update(
        attention=F("attention") + 1, changes_on=F("as_of")
    )


class Migration(migrations.Migration):
    dependencies = [("overview", "0007_spellings")]

    operations = [migrations.RunPython(make_due, migrations.RunPython.noop)]
