"""Whose the sessions of one person are. One whose invitation was withdrawn is nobody's, and goes."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery


def tell_whose(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    session = apps.get_model("intake", "IntakeSession")._base_manager
    invitation = apps.get_model("intake", "Invitation")._base_manager
    alone = session.filter(is_individual=True)
    theirs = invitation.filter(session=OuterRef("pk")).order_by("pk").values("intake")[:1]
    alone.update(intake=Subquery(theirs))
    nobodys = list(alone.filter(intake=None).values_list("pk", flat=True))
    for name in ("SessionPoint", "InterpreterBooking", "SessionQuestion"):
        apps.get_model("intake", name)._base_manager.filter(session__in=nobodys).delete()
    session.filter(pk__in=nobodys).delete()
    moved = invitation.exclude(moved_from=None).exclude(session=F("intake__group__session"))
    keys = list(moved.values_list("pk", flat=True))
    invitation.filter(pk__in=keys).update(is_moved_on=True)


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_own_sessions")]

    operations = [migrations.RunPython(tell_whose, migrations.RunPython.noop)]
