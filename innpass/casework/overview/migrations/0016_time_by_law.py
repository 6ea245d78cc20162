"""Until when the law gives time, in each row; the worker writes every row anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from innpass.casework.overview.trigrams import make_index

_COUNTED = [
    *("municipality", "is_active", "verdict", "attention", "next_due", "visit_due"),
    *("placement_last_day", "planned_last_day", "programme_until", "placement_kind", "end_goal"),
    "participant",
]


def make_due(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every row be due (``services.due_rows``)."""
    rows = apps.get_model("overview", "OverviewRow")
    rows._base_manager.using(schema_editor.connection.alias).update(changes_on=F("as_of"))


def _added(name: str) -> migrations.AddField:
    return migrations.AddField("overviewrow", name, models.DateField(null=True))


class Migration(migrations.Migration):
    dependencies = [("overview", "0015_clocks_due")]

    operations = [
        # Backwards, the index of three letters is made last.
        migrations.RunPython(migrations.RunPython.noop, make_index),
        migrations.RemoveIndex("overviewrow", "overview_counters"),
        _added("programme_until"),
        _added("norwegian_until"),
        migrations.AddIndex("overviewrow", models.Index(fields=_COUNTED, name="overview_counters")),
        migrations.RunPython(make_due, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
