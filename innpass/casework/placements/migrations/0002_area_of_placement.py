from django.db import migrations, models


def take_over(apps, schema_editor):
    """Let each placement state the area that its employer had until now."""
    Employer = apps.get_model("placements", "Employer")
    Placement = apps.get_model("placements", "Placement")
    area = Employer._base_manager.filter(pk=models.OuterRef("employer")).values("area")
    Placement._base_manager.exclude(employer=None).update(area=models.Subquery(area))


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="area",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="tjenesteområde"),
            preserve_default=False,
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
