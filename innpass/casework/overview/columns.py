"""Which personal fields stand in each column of the grid: one may be read only if all may."""

from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor

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
    "without_placement": ("placement", "programme"),
}


def readable_columns(actor: Actor) -> frozenset[str]:
    """Return the columns of the grid that an actor may read."""
    may = readable(actor)
    return frozenset(key for key, names in COLUMN_FIELDS.items() if may.issuperset(names))
