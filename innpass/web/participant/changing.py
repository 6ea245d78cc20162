"""What has changed about a participant: the latest, and field by field at each value."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from innpass.casework.participants.history import Event
from innpass.domain.access.fields import access_name
from innpass.domain.sheets.fields import plain
from innpass.web.design.words import code_in_words, field_label
from innpass.web.participant.pages import Change, Past

_SHOWN = 6
_SHOWN_AT_A_VALUE = 3


def changes_of(history: Sequence[Event]) -> tuple[Change, ...]:
    """Return the latest values that took the place of others, and those entered by hand."""
    return tuple(islice((change for _name, change in _changes(history)), _SHOWN))


def past_of(history: Sequence[Event], href: str) -> dict[str, Past]:
    """Return what fields were before, by the field as the access table names it.

    Args:
        href: where the person's whole history stands.
    """
    found: dict[str, list[Change]] = defaultdict(list)
    for name, change in _changes(history):
        found[name].append(change)
    return {
        name: Past(changes[0].field, f"{href}?felt={name}", tuple(changes[:_SHOWN_AT_A_VALUE]))
        for name, changes in found.items()
        if any(change.before for change in changes)  # the first value took the place of none
    }


def _changes(history: Sequence[Event]) -> Iterator[tuple[str, Change]]:
    for event in history:
        source = ", ".join(event.files) or event.by or _("Kommandolinjen")
        for change in event.changes:
            if change.is_withdrawn or (change.is_first and event.act is None):
                continue
            yield (
                access_name(plain(change.field)),
                Change(
                    at=event.at,
                    field=field_label(change.field),
                    before=code_in_words(change.field, change.before),
                    after=code_in_words(change.field, change.after),
                    source=source,
                    is_undone=event.undone_at is not None,
                ),
            )
