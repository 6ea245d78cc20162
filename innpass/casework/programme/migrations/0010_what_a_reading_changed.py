"""What each reading changed; of those chosen before, nobody counted it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def not_counted(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say of the choices there are that it was not counted."""
    choices = apps.get_model("programme", "ReadingChoice")
    choices._base_manager.using(schema_editor.connection.alias).update(changed={})


class Migration(migrations.Migration):
    dependencies = [("programme", "0009_planned_hours")]

    operations = [
        migrations.AddField(
            "readingchoice",
            "changed",
            models.JSONField(null=True, verbose_name="hva det endret"),
        ),
        migrations.RunPython(not_counted, migrations.RunPython.noop),
    ]
