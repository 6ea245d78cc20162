"""What undoing an import would change, found out by the worker."""

from django.db import migrations, models

import innpass.casework.sealing.fields


class Migration(migrations.Migration):
    dependencies = [("imports", "0012_no_number_before")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="undo_preview",
            field=innpass.casework.sealing.fields.SealedJSONField(null=True),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undo_preview_job_id",
            field=models.UUIDField(null=True),
        ),
    ]
