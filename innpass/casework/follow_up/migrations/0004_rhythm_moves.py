from django.db import migrations


class Migration(migrations.Migration):
    """The rhythm of visits goes on as ``placements.VisitRhythm``, where the grid can ask it."""

    dependencies = [("follow_up", "0003_archived_attests")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="VisitRhythm", table="placements_visitrhythm")
            ],
            state_operations=[migrations.DeleteModel(name="VisitRhythm")],
        ),
    ]
