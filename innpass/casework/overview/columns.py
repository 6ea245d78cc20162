"""Which personal fields stand in each column of the grid: one may be read only if all may."""

from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import check_may_write, may_write, readable
from innpass.domain.access.roles import Actor
from innpass.domain.journey.next_steps import Code
from innpass.domain.journey.sentences import fields_shown
from innpass.domain.sheets.fields import SKILLS

# The column's key, as in addresses and page data, and the names in domain/access/fields.yml.
COLUMN_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "birth_year": ("birth_date",),
    "country": ("country",),
    "step": ("journey.place",),
    "status": ("status.verdict",),
    "hours": ("status.hours",),
    "average": ("status.average", "status.minimum"),
    "placement": ("placement.unit", "placement.area"),
    "next_step": ("journey.next_steps", "next_step"),
    "last_contact": ("last_contact",),
    "term": ("programme.start",),
    "programme": ("programme.start", "programme.planned_end"),
    "programme_until": ("clock.programme_until",),
    "norwegian_until": ("clock.norwegian_until",),
    "track": ("programme.track", "programme.class_name"),
    "level": ("level.listening", "level.reading", "level.writing", "level.speaking"),
    "test": ("test.date", "test.goal", "test.reached"),
    "adviser": ("programme.adviser",),
    "supervisor": ("programme.supervisor",),
    "nav_adviser": ("nav.adviser",),
    "teacher": ("teacher",),
    "visma_refugee": ("identifier.visma_refugee",),
    "visma_learning": ("identifier.visma_learning",),
    "socio": ("identifier.socio",),
    "info_meeting": ("nav.info_meeting",),
    "handover": ("nav.handover",),
}

# The columns that can be chosen and ordered, as they stand unless somebody does. The name always
# comes first, with birth year and country.
IN_ORDER: tuple[str, ...] = (
    *("step", "status", "hours", "average", "placement", "next_step", "last_contact", "term"),
    *("programme", "programme_until", "norwegian_until", "track", "level", "test", "adviser"),
    *("supervisor", "nav_adviser", "teacher", "visma_refugee", "visma_learning", "socio"),
    "handover",
)

# What one may change in a column, as sheets name the fields. The others are computed. Hours, a
# placement and a test stand in rows of their own: those of the one that can be meant
# (``journey.current``), else they are changed on the person's page.
EDITED_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "hours": ("activity.hours_per_week",),
    "placement": ("placement.unit", "placement.first_day", "placement.last_day"),
    "next_step": ("next_step", "next_step_owner", "next_step_due"),
    "last_contact": ("last_contact",),
    "term": ("programme.start",),
    "programme": ("programme.planned_end", "programme.actual_end"),
    "track": ("programme.track", "programme.class_name"),
    "level": tuple(f"level.{skill}" for skill in SKILLS),
    "test": ("test.date", "test.goal", "test.reached"),
    "adviser": ("programme.adviser",),
    "supervisor": ("programme.supervisor",),
    "nav_adviser": ("nav.adviser",),
    "teacher": ("teacher",),
    "visma_refugee": ("ids.visma_refugee",),
    "visma_learning": ("ids.visma_learning",),
    "socio": ("ids.socio",),
    "handover": ("nav.handover",),
}
COLUMN_OF_FIELD: dict[str, str] = {
    name: column for column, names in EDITED_FIELDS.items() for name in names
}
# A week's hours may be those of a placement, which others may write than those of an activity.
_OR_ELSE: dict[str, str] = {"activity.hours_per_week": "placement.hours_per_week"}

# What a filter or a counter asks about, so that nobody learns by asking what may not be read.
FILTER_FIELDS: dict[str, str] = {
    "status": "status",
    "step": "step",
    "supervisor": "supervisor",
    "adviser": "adviser",
    "term": "term",
    "class_name": "track",
    "track": "track",
}
COUNTER_FIELDS: dict[str, tuple[str, ...]] = {
    "below": ("status",),
    "overdue": ("next_step",),
    "visits": ("placement", "next_step"),
    "placement_ends": ("placement",),
    "ending": ("programme",),
    "running_out": ("programme_until",),
    "without_placement": ("placement", "programme"),
}

# The columns of a row that a search looks in, and the fields that stand in each.
SEARCH_FIELDS: dict[str, tuple[str, ...]] = {
    "search_name": ("name",),
    "search_native": ("native_name",),
    "search_unit": ("placement.unit",),
    "visma_refugee": ("identifier.visma_refugee",),
    "visma_learning": ("identifier.visma_learning",),
    "socio": ("identifier.socio",),
}


def searchable(actor: Actor) -> tuple[str, ...]:
    """Return the columns that an actor's search looks in: one for those who may read all."""
    may = readable(actor)
    columns = tuple(key for key, names in SEARCH_FIELDS.items() if may.issuperset(names))
    return ("search",) if len(columns) == len(SEARCH_FIELDS) else columns


def shows_next_step(code: str, *, actor: Actor) -> bool:
    """Tell whether an actor may read a next step: the column, and every field its words show."""
    may = readable(actor)
    return may.issuperset(COLUMN_FIELDS["next_step"]) and (
        not code or fields_shown(Code(code)) <= may
    )


def readable_columns(actor: Actor) -> frozenset[str]:
    """Return the columns of the grid that an actor may read."""
    may = readable(actor)
    return frozenset(key for key, names in COLUMN_FIELDS.items() if may.issuperset(names))


def may_edit(actor: Actor, name: str) -> bool:
    """Tell whether an actor may write a field of a cell, of somebody at least."""
    names = [name, *filter(None, [_OR_ELSE.get(name)])]
    return any(may_write(actor, access_name(each)) for each in names)


def check_may_edit(actor: Actor, name: str) -> None:
    """Raise ``MayNot`` unless ``may_edit``; the sentence says who could."""
    if not may_edit(actor, name):
        check_may_write(actor, access_name(name))


def editable_columns(actor: Actor) -> dict[str, tuple[str, ...]]:
    """Return the columns that an actor may change something in, each with the fields."""
    may = readable(actor)
    shown = readable_columns(actor)
    found = {}
    for column, names in EDITED_FIELDS.items():
        mine = tuple(name for name in names if access_name(name) in may and may_edit(actor, name))
        if column in shown and mine:
            found[column] = mine
    return found
