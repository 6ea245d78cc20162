from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    """What the employer said itself stands beside what was written down; lines know when."""

    dependencies = [("follow_up", "0001_following")]

    operations = [
        migrations.RemoveConstraint(model_name="voice", name="voice_once"),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_by", "door"), _negated=True),
                fields=("visit", "speaker"),
                name="voice_written_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_by", "door")),
                fields=("visit", "speaker"),
                name="voice_own_once",
            ),
        ),
        migrations.AddField(
            model_name="jobseekingline",
            name="noted_at",
            field=models.DateTimeField(
                auto_now_add=True, default=timezone.now, verbose_name="ført"
            ),
            preserve_default=False,
        ),
    ]
