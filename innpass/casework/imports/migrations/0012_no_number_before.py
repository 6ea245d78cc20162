from typing import Any

from django.db import migrations

NUMBERS = ("ids.fnr", "ids.dnr", "ids.duf")


def forget(apps: Any, schema_editor: Any) -> None:
    """Let no edit keep the blind index of the identity number that stood there before it."""
    edits = apps.get_model("imports", "CellEdit").objects
    edits.filter(field__in=NUMBERS).exclude(before__isnull=True).update(before=None)


class Migration(migrations.Migration):
    dependencies = [("imports", "0011_absence_and_decisions")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
