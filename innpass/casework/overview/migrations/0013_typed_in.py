"""Which hours, placement and test can be typed in; the worker writes every row anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from innpass.casework.overview.trigrams import make_index


def make_due(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every row be due (``services.due_rows``); until then the cells open the form."""
    rows = apps.get_model("overview", "OverviewRow")
    rows._base_manager.using(schema_editor.connection.alias).update(changes_on=F("as_of"))


def _added(name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField(model_name="overviewrow", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("overview", "0012_newly_added")]

    operations = [
        # Backwards, the index of three letters is made last.
        migrations.RunPython(migrations.RunPython.noop, make_index),
        _added("hours_of", models.CharField(default="", max_length=60)),
        _added("hours_stated", models.FloatField(null=True)),
        _added("placement_of", models.CharField(default="", max_length=20)),
        _added("test_of", models.CharField(default="", max_length=20)),
        migrations.RunPython(make_due, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
