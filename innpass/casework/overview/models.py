"""The rows of the shared grid: every column of a participant's row, ready to be sorted."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.lookups import IsNull

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant


class OverviewRow(MunicipalityModel):
    """A participant's row as it stands on ``as_of``.

    Rewritten in the transaction that changes the person's facts, and on ``changes_on``, the first
    day on which a column would differ though no fact changes (``services.refresh_due``).
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="row")
    as_of = models.DateField()
    changes_on = models.DateField(null=True)
    added_on = models.DateField()
    is_new = models.BooleanField(default=False)  # for a week; nobody is, of the first import

    name = models.CharField(max_length=250)
    # Folded words to search in, and keys of the names' spellings (``spellings``): all of them, with
    # an index of three letters (``trigrams``), and in parts for those who may not read all.
    search = models.CharField(max_length=2500)
    spellings = models.CharField(max_length=2000, default="")
    search_name = models.CharField(max_length=1000, default="")
    search_native = models.CharField(max_length=1000, default="")
    search_unit = models.CharField(max_length=300, default="")
    birth_year = models.PositiveSmallIntegerField(null=True)
    country = models.CharField(max_length=80, blank=True)

    is_active = models.BooleanField()  # in the programme on ``as_of``, or not yet begun
    step = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=20)
    hours = models.FloatField(null=True)
    total_hours = models.FloatField(null=True)
    average = models.FloatField(null=True)
    minimum = models.FloatField(null=True)
    counts_from = models.DateField(null=True)

    placement_kind = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=120, blank=True)
    placement_last_day = models.DateField(null=True)

    # Which hours, placement and test can be typed in (``journey.current``): the mark of the one.
    hours_of = models.CharField(max_length=60, default="")
    hours_stated = models.FloatField(null=True)  # of that activity in a whole week
    placement_of = models.CharField(max_length=20, default="")
    test_of = models.CharField(max_length=20, default="")

    # 0 below the law's hours, 1 overdue, 2 soon, 3 later, 4 nothing
    attention = models.PositiveSmallIntegerField()
    next_code = models.CharField(max_length=60, blank=True)
    next_text = models.CharField(max_length=300, blank=True)
    next_owner = models.CharField(max_length=120, blank=True)
    next_due = models.DateField(null=True)
    visit_due = models.DateField(null=True)
    last_contact = models.DateField(null=True)

    term = models.CharField(max_length=7, blank=True)  # month of the start, "2024-08"
    first_day = models.DateField(null=True)
    planned_last_day = models.DateField(null=True)
    actual_last_day = models.DateField(null=True)
    programme_until = models.DateField(null=True)  # by law, as the clocks tell (``programme``)
    norwegian_until = models.DateField(null=True)
    month = models.SmallIntegerField(null=True)
    months = models.SmallIntegerField(null=True)
    end_goal = models.CharField(max_length=20, blank=True)

    class_name = models.CharField(max_length=60, blank=True)
    track = models.PositiveSmallIntegerField(null=True)
    listening = models.CharField(max_length=6, blank=True)
    reading = models.CharField(max_length=6, blank=True)
    writing = models.CharField(max_length=6, blank=True)
    speaking = models.CharField(max_length=6, blank=True)
    test_day = models.DateField(null=True)
    test_goal = models.CharField(max_length=6, blank=True)
    test_reached = models.BooleanField(null=True)

    adviser = models.CharField(max_length=120, blank=True)
    supervisor = models.CharField(max_length=120, blank=True)
    nav_adviser = models.CharField(max_length=120, blank=True)
    teacher = models.CharField(max_length=120, blank=True)
    visma_refugee = models.CharField(max_length=40, blank=True)
    visma_learning = models.CharField(max_length=40, blank=True)
    socio = models.CharField(max_length=40, blank=True)
    info_meeting = models.DateField(null=True)
    handover = models.DateField(null=True)

    has_changed = False  # since the viewer last looked; no column, see ``queries.page_of``

    class Meta:
        verbose_name = "rad i oversikten"
        verbose_name_plural = "rader i oversikten"
        # The first three hold all that their queries ask, so that no wide row is read in passing.
        indexes = [
            models.Index(
                "municipality",
                F("is_new").desc(),
                "attention",
                IsNull(F("next_due"), True),
                "next_due",
                "name",
                "id",
                "is_active",
                "participant",
                name="overview_need",
            ),
            models.Index(
                fields=["municipality", "name", "id", "is_active", "participant"],
                name="overview_by_name",
            ),
            models.Index(
                fields=[
                    "municipality",
                    "is_active",
                    "verdict",
                    "attention",
                    "next_due",
                    "visit_due",
                    "placement_last_day",
                    "planned_last_day",
                    "programme_until",
                    "placement_kind",
                    "end_goal",
                    "participant",
                ],
                name="overview_counters",
            ),
            models.Index(fields=["municipality", "changes_on"], name="overview_changes_on"),
            *(
                models.Index(fields=["municipality", name], name=f"overview_{name}")
                for name in ("supervisor", "adviser", "term", "class_name", "track")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SavedView(MunicipalityModel):
    """A way of looking at the list: columns, filters, counter, group and order; never a search.

    One view of each user has no name: it holds the columns chosen for the list as such, which view
    the user starts with, and when the user last looked (``visits``).
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    body = models.CharField(max_length=20, blank=True)  # whose staff use it too; empty: the owner
    name = models.CharField("navn", max_length=60, blank=True)
    columns = models.JSONField(default=list)  # in their order; empty: those of the counter
    filters = models.JSONField(default=dict)
    counter = models.CharField(max_length=30, blank=True)
    group = models.CharField(max_length=10, default="active")
    sort = models.CharField(max_length=30, blank=True)
    is_descending = models.BooleanField(default=False)
    start = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    looked_at = models.DateTimeField(null=True)
    seen_until = models.DateTimeField(null=True)  # when the visit before this one ended

    class Meta:
        verbose_name = "visning"
        verbose_name_plural = "visninger"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "owner", "name"], name="view_once")
        ]
        indexes = [models.Index(fields=["municipality", "body"], name="view_of_body")]

    def __str__(self) -> str:
        return self.name
