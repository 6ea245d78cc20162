"""Let the worker write every row anew, and with it the clocks, which older versions did not have."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def make_due(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every row be due (``services.due_rows``)."""
    rows = apps.get_model("overview", "OverviewRow")
    rows._base_manager.using(schema_editor.connection.alias).update(changes_on=F("as_of"))


class Migration(migrations.Migration):
    dependencies = [("overview", "0014_visits_in_own_view"), ("programme", "0005_clocks")]

    operations = [migrations.RunPython(make_due, migrations.RunPython.noop)]
