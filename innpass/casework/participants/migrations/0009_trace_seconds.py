from django.db import migrations


def trace(apps, schema_editor):
    """Write down whom those who were absorbed before turned out to be in the end."""
    people = apps.get_model("participants", "Participant").objects
    into = dict(people.exclude(absorbed_by=None).values_list("pk", "absorbed_by"))
    for pk, end in into.items():
        while end in into:
            end = into[end]
        people.filter(pk=pk).update(turned_out_to_be=end)


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0008_turned_out_to_be'),
    ]

    operations = [migrations.RunPython(trace, migrations.RunPython.noop, elidable=True)]
