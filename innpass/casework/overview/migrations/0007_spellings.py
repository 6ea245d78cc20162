"""Room for the keys of names' spellings; the worker then writes every row anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def make_due(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every row be due (``services.due_rows``)."""
    rows = apps.get_model("overview", "OverviewRow")
    rows._base_manager.using(schema_editor.connection.alias).update(changes_on=F("as_of"))


class Migration(migrations.Migration):
    dependencies = [("overview", "0006_counter_of_placements")]

    operations = [
        migrations.AlterField(
            model_name="overviewrow",
            name="search",
            field=models.CharField(max_length=2500),
        ),
        migrations.AlterField(
            model_name="overviewrow",
            name="search_name",
            field=models.CharField(default="", max_length=1000),
        ),
        migrations.AlterField(
            model_name="overviewrow",
            name="search_native",
            field=models.CharField(default="", max_length=1000),
        ),
        migrations.RunPython(make_due, migrations.RunPython.noop),
    ]
