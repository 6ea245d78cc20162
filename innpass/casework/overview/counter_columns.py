"""The columns that matter for each counter, as of November 2026: what one acts on first.

They are shown when a counter is chosen and the user has chosen no columns. What may not be read is
left out when shown (``saved_views.shown_columns``).
"""

COUNTER_COLUMNS: dict[str, tuple[str, ...]] = {
    # How far below, where hours could come from, and who is to find them.
    "below": (
        *("status", "average", "hours", "placement", "next_step", "last_contact"),
        *("programme", "track", "adviser", "supervisor"),
    ),
    # What is late and whose it is; then the last sign of life.
    "overdue": ("next_step", "last_contact", "step", "status", "adviser", "supervisor", "teacher"),
    # Where to go, when, and whom to bring along.
    "visits": (
        *("placement", "next_step", "last_contact", "supervisor", "teacher", "level"),
        *("hours", "status"),
    ),
    # What comes after: the time left, the next step, the level that another place would ask for.
    "placement_ends": (
        *("placement", "programme", "next_step", "average", "status", "level"),
        *("supervisor", "adviser"),
    ),
    # What must be in place before the last day: tests, the meeting with Nav, who takes over.
    "ending": (
        *("programme", "handover", "nav_adviser", "test", "level", "average", "status"),
        *("placement", "next_step", "adviser"),
    ),
    # How long the law gives, what is planned, and who decides on more time or hands over.
    "running_out": (
        *("programme_until", "norwegian_until", "programme", "next_step", "handover", "status"),
        *("level", "adviser", "nav_adviser"),
    ),
    # What a place must fit: class, level, hours still missing, the time that is left.
    "without_placement": (
        *("track", "level", "average", "hours", "status", "programme", "next_step"),
        *("supervisor", "adviser", "last_contact"),
    ),
}
