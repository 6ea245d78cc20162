from datetime import date

from django.db import migrations

EVER = date(2020, 1, 1)  # nobody noted from when on they held


def carry(apps, schema_editor):
    """Let what a municipality had set hold from long ago, so that nothing changes for it."""
    limits = apps.get_model("timetable", "FollowUpLimits").objects
    for rules in apps.get_model("timetable", "PlanningRules").objects.all():
        said = {
            "attended_percent": rules.attended_percent,
            "unexplained_in_a_row": rules.unexplained_in_a_row,
        }
        if tuple(said.values()) != (80, 3):
            limits.create(municipality_id=rules.municipality_id, holds_from=EVER, **said)


class Migration(migrations.Migration):

    dependencies = [
        ('timetable', '0008_follow_up_limits'),
    ]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(
            model_name='planningrules',
            name='planning_rules_follow_up',
        ),
        migrations.RemoveField(
            model_name='planningrules',
            name='attended_percent',
        ),
        migrations.RemoveField(
            model_name='planningrules',
            name='unexplained_in_a_row',
        ),
    ]
