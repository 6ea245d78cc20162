import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The rhythm of visits is known where the grid can ask it; its rows were renamed just before."""

    dependencies = [
        ("placements", "0002_area_of_placement"),
        ("follow_up", "0004_rhythm_moves"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="VisitRhythm",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("holds_from", models.DateField(verbose_name="gjelder fra")),
                        (
                            "first_after",
                            models.PositiveSmallIntegerField(verbose_name="første besøk etter"),
                        ),
                        ("window", models.PositiveSmallIntegerField(verbose_name="vindu")),
                        (
                            "interval",
                            models.PositiveSmallIntegerField(verbose_name="mellom besøk"),
                        ),
                        (
                            "language_after",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="språkbesøk etter"
                            ),
                        ),
                        (
                            "without_contact",
                            models.PositiveSmallIntegerField(verbose_name="uten kontakt"),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.municipality",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "besøksrytme",
                        "verbose_name_plural": "besøksrytmer",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("municipality", "holds_from"),
                                name="visit_rhythm_day_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
