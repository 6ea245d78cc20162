"""Saved ways of looking at the list: one's own, and those that one's body shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from innpass.casework.overview.columns import COUNTER_FIELDS, FILTER_FIELDS, IN_ORDER
from innpass.casework.overview.counter_columns import COUNTER_COLUMNS
from innpass.casework.overview.models import SavedView
from innpass.casework.overview.queries import CHOICE_FILTERS, DEFAULT_SORT, GROUPS, SORTS, Selection
from innpass.casework.overview.visits import Visit
from innpass.domain.access.roles import Actor, Role

LONGEST_NAME = 60
MOST = 50  # of one's own: they are links on one page


class CannotSave(Exception):
    """A view cannot be saved as asked. The message is Norwegian and for the user."""


@dataclass(frozen=True, slots=True)
class Views:
    """What a user may open, and has chosen.

    Attributes:
        saved: the user's own views and those that the user's body shares, by name.
        columns: what the user has chosen for the list as such; empty when nothing is chosen.
        start: the view that the user starts with; always among ``saved``.
        visit: when the user last looked; ``None`` before the first time.
    """

    saved: tuple[SavedView, ...] = ()
    columns: tuple[str, ...] = ()
    start: SavedView | None = None
    visit: Visit | None = None

    def find(self, pk: UUID | None) -> SavedView | None:
        """Return one of the saved views, or ``None``."""
        return next((view for view in self.saved if view.pk == pk), None)


def views_of(actor: Actor) -> Views:
    """Return what a user may open and has chosen. One query."""
    if actor.is_operator:
        return Views()
    usable = Q(owner=actor.user_id)
    if actor.body:
        usable |= Q(body=actor.body) & ~Q(name="")
    found = list(SavedView.objects.filter(usable).select_related("owner"))
    own = next((view for view in found if not view.name), None)
    saved = sorted((view for view in found if view.name), key=lambda v: (v.name.casefold(), v.pk))
    start = next((view for view in saved if own and view.pk == own.start_id), None)
    return Views(
        saved=tuple(saved),
        columns=_known(own.columns) if own else (),
        start=start,
        visit=Visit(own.looked_at, own.seen_until) if own and own.looked_at else None,
    )


def shown_columns(
    may: frozenset[str], *, counter: str = "", chosen: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the columns to show, in order, without the name, which always comes first.

    Those that were chosen; else those of the counter; else all. Never one that may not be read:
    where none of the chosen may, all that may are shown.

    Args:
        may: the columns that the viewer may read.
        chosen: what an opened view says, or the user.
    """
    for wanted in (chosen, COUNTER_COLUMNS.get(counter, ()), IN_ORDER):
        if shown := tuple(key for key in wanted if key in may):
            return shown
    return ()


def selection_of(view: SavedView, *, may: frozenset[str], search: str = "") -> Selection:
    """Return which rows a view shows, and in what order, to somebody who reads these columns.

    What has gone from Innpass since, and what may not be read, is left out.
    """
    is_counted = view.counter in COUNTER_FIELDS and may.issuperset(COUNTER_FIELDS[view.counter])
    default = DEFAULT_SORT if may >= {"next_step", "status"} else "name"
    is_sorted = view.sort in SORTS and view.sort in {*may, default}
    is_grouped = view.group in GROUPS and "programme" in may
    return Selection(
        filters={
            name: value
            for name, value in view.filters.items()
            if name in CHOICE_FILTERS and FILTER_FIELDS[name] in may
        },
        counter=view.counter if is_counted else "",
        group=view.group if is_grouped else ("active" if "programme" in may else "all"),
        search=search,
        sort=view.sort if is_sorted else default,
        descending=view.is_descending and is_sorted,
    )


def may_change(view: SavedView, actor: Actor) -> bool:
    """Tell whether somebody may rename, change and delete a view.

    The owner may; of a shared view also the leader of the body, since owners change jobs.
    """
    if view.owner_id == actor.user_id:
        return True
    return bool(view.body) and view.body == actor.body and Role.LEADER in actor.roles


@transaction.atomic
def save_view(
    name: str, *, selection: Selection, columns: Iterable[str], is_shared: bool, by: Actor
) -> SavedView:
    """Save what is looked at under a name. The search is not saved.

    Raises:
        CannotSave: without a name, with one that the user has used, or with too many views.
    """
    if SavedView.objects.filter(owner=by.user_id).exclude(name="").count() >= MOST:
        raise CannotSave(
            _("Du har %(most)s visninger. Slett en du ikke bruker, før du lagrer en ny.")
            % {"most": MOST}
        )
    view = SavedView(
        municipality_id=by.municipality_id,
        owner_id=_user(by),
        name=_checked(name),
        body=(by.body or "") if is_shared else "",
    )
    _fill(view, selection, columns)
    _write(view)
    return view


@transaction.atomic
def update_view(
    view: SavedView, *, selection: Selection, columns: Iterable[str], by: Actor
) -> None:
    """Let a view be what is looked at now.

    Raises:
        CannotSave: it is somebody else's.
    """
    _check_may_change(view, by)
    _fill(view, selection, columns)
    _write(view)


@transaction.atomic
def rename_view(view: SavedView, name: str, *, is_shared: bool, by: Actor) -> None:
    """Give a view another name, and share it with the body or keep it to the owner.

    Raises:
        CannotSave: without a name, with one that the owner has used, or it is somebody else's.
    """
    _check_may_change(view, by)
    view.name = _checked(name)
    if view.owner_id == by.user_id:
        view.body = (by.body or "") if is_shared else ""
    _write(view)


@transaction.atomic
def delete_view(view: SavedView, *, by: Actor) -> None:
    """Delete a view. Whoever started with it starts with the whole list again.

    Raises:
        CannotSave: it is somebody else's.
    """
    _check_may_change(view, by)
    view.delete()


def choose_columns(columns: Iterable[str], *, by: Actor, view: SavedView | None = None) -> None:
    """Let a user's list, or a view, have these columns; none lets them follow the counter again.

    Raises:
        CannotSave: the view is somebody else's.
    """
    if view is None:
        _write_own(by, columns=list(_known(columns)))
        return
    _check_may_change(view, by)
    view.columns = list(_known(columns))
    view.save(update_fields=["columns"])


def start_with(view: SavedView | None, *, by: Actor) -> None:
    """Let a user's list begin with a view; ``None`` begins with the whole list."""
    _write_own(by, start=view)


def _write_own(by: Actor, **values: object) -> None:
    SavedView.objects.update_or_create(
        municipality_id=by.municipality_id, owner_id=_user(by), name="", defaults=values
    )


def _user(by: Actor) -> UUID:
    if by.user_id is None:
        raise ValueError("views belong to people, never to the operator")
    return by.user_id


def _known(columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in columns if key in IN_ORDER))


def _fill(view: SavedView, selection: Selection, columns: Iterable[str]) -> None:
    view.columns = list(_known(columns))
    view.filters = dict(selection.filters)
    view.counter = selection.counter
    view.group = selection.group
    view.sort = selection.sort
    view.is_descending = selection.descending


def _checked(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise CannotSave(_("Visningen må ha et navn. Skriv for eksempel «Besøk i august»."))
    if len(plain) > LONGEST_NAME:
        raise CannotSave(
            _("Navnet er for langt. Skriv det med høyst %(most)s tegn.") % {"most": LONGEST_NAME}
        )
    return plain


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise CannotSave(
            _("Du har alt en visning som heter «%(name)s». Velg et annet navn.")
            % {"name": view.name}
        ) from error


def _check_may_change(view: SavedView, by: Actor) -> None:
    if not may_change(view, by):
        raise CannotSave(_("Bare den som laget visningen, og lederen, kan endre den."))
