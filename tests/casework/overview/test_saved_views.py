"""Saved views: whose they are, who uses and changes them, and what each viewer gets of them."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from innpass.casework.overview.columns import (
    COLUMN_FIELDS,
    COUNTER_FIELDS,
    IN_ORDER,
    readable_columns,
)
from innpass.casework.overview.counter_columns import COUNTER_COLUMNS
from innpass.casework.overview.models import SavedView
from innpass.casework.overview.queries import Selection
from innpass.casework.overview.saved_views import (
    LONGEST_NAME,
    MOST,
    CannotSave,
    choose_columns,
    delete_view,
    may_change,
    rename_view,
    save_view,
    selection_of,
    shown_columns,
    start_with,
    update_view,
    views_of,
)
from innpass.domain.access.roles import Actor
from tests.factories.cast import ADA, KARI, LEA, LIV, ODD, RAGNHILD, Town, make_town

pytestmark = pytest.mark.django_db

VISITS = Selection(
    counter="visits",
    filters={"supervisor": "Per Hauge"},
    search="amina",
    sort="last_contact",
    descending=True,
)


@pytest.fixture
def staff() -> Iterator[Town]:
    made = make_town()
    with scope(municipality=made.municipality):
        yield made


def save(name: str, by: Actor, *, is_shared: bool = False) -> SavedView:
    return save_view(
        name, selection=VISITS, columns=["placement", "teacher"], is_shared=is_shared, by=by
    )


def names(actor: Actor) -> list[str]:
    return [view.name for view in views_of(actor).saved]


def test_a_view_holds_everything_but_the_search(staff: Town) -> None:
    kari = staff.actor(KARI)
    view = SavedView.objects.get(pk=save("Besøk i august", kari).pk)

    back = selection_of(view, may=readable_columns(kari))

    assert back == Selection(
        counter="visits",
        filters={"supervisor": "Per Hauge"},
        sort="last_contact",
        descending=True,
    )
    assert view.columns == ["placement", "teacher"]
    assert "amina" not in str(SavedView.objects.values().get()).casefold()


def test_own_views_are_seen_by_their_owner_alone(staff: Town) -> None:
    save("Mine", staff.actor(KARI))
    assert names(staff.actor(KARI)) == ["Mine"]
    assert names(staff.actor(RAGNHILD)) == names(staff.actor(LEA)) == []


def test_shared_views_are_seen_in_the_same_body_alone(staff: Town) -> None:
    save("Våre", staff.actor(KARI), is_shared=True)
    assert names(staff.actor(RAGNHILD)) == ["Våre"]
    assert names(staff.actor(ODD)) == names(staff.actor(LIV)) == []


def test_chosen_columns_stand_in_no_list_and_are_nobody_elses(staff: Town) -> None:
    choose_columns(["teacher", "teacher", "unheard_of", "step"], by=staff.actor(KARI))

    assert views_of(staff.actor(KARI)).columns == ("teacher", "step")
    assert names(staff.actor(KARI)) == []
    assert views_of(staff.actor(RAGNHILD)).columns == ()

    choose_columns([], by=staff.actor(KARI))
    assert views_of(staff.actor(KARI)).columns == ()


def test_one_starts_with_a_shared_view_until_it_is_no_longer_shared(staff: Town) -> None:
    kari, ragnhild = staff.actor(KARI), staff.actor(RAGNHILD)
    view = save("Våre", kari, is_shared=True)
    choose_columns(["step"], by=ragnhild)
    start_with(view, by=ragnhild)
    assert views_of(ragnhild).start == view
    assert views_of(ragnhild).columns == ("step",)
    assert views_of(kari).start is None

    rename_view(view, "Mine", is_shared=False, by=kari)
    assert views_of(ragnhild).start is None

    delete_view(view, by=kari)
    assert views_of(ragnhild).columns == ("step",)


def test_the_owner_and_the_leader_of_the_body_change_a_shared_view(staff: Town) -> None:
    kari, lea = staff.actor(KARI), staff.actor(LEA)
    view = save("Våre", kari, is_shared=True)
    assert may_change(view, kari)
    assert may_change(view, lea)
    for other in (RAGNHILD, ODD, ADA):
        with pytest.raises(CannotSave, match="lederen"):
            rename_view(view, "Stjålet", is_shared=True, by=staff.actor(other))
        with pytest.raises(CannotSave):
            update_view(view, selection=Selection(), columns=[], by=staff.actor(other))
        with pytest.raises(CannotSave):
            delete_view(view, by=staff.actor(other))

    rename_view(view, "Ryddet", is_shared=False, by=lea)

    view.refresh_from_db()
    assert (view.name, view.body) == ("Ryddet", "refugee"), "a leader hides no view of others"


def test_a_leader_may_not_change_what_is_not_shared(staff: Town) -> None:
    assert not may_change(save("Mine", staff.actor(KARI)), staff.actor(LEA))


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "må ha et navn"), ("  \t ", "må ha et navn"), ("å" * (LONGEST_NAME + 1), "for langt")],
)
def test_a_name_that_cannot_be_is_answered_with_a_sentence(
    staff: Town, name: str, said: str
) -> None:
    with pytest.raises(CannotSave, match=said):
        save(name, staff.actor(KARI))
    assert not SavedView.objects.exists()


def test_a_name_is_used_once_by_each_owner(staff: Town) -> None:
    save("Besøk", staff.actor(KARI))
    save("Besøk", staff.actor(RAGNHILD))
    with pytest.raises(CannotSave, match="«Besøk»"):
        save(" Besøk ", staff.actor(KARI))
    other = save("Praksis", staff.actor(KARI))
    with pytest.raises(CannotSave, match="«Besøk»"):
        rename_view(other, "Besøk", is_shared=False, by=staff.actor(KARI))
    assert names(staff.actor(KARI)) == ["Besøk", "Praksis"]


def test_nobody_has_more_than_can_be_overlooked(staff: Town) -> None:
    for number in range(MOST):
        save(str(number), staff.actor(KARI))
    with pytest.raises(CannotSave, match="Slett en"):
        save("én til", staff.actor(KARI))


def test_a_view_is_updated_to_what_is_looked_at(staff: Town) -> None:
    kari = staff.actor(KARI)
    view = save("Besøk", kari)
    update_view(view, selection=Selection(group="ended", sort="name"), columns=[], by=kari)
    view.refresh_from_db()
    assert selection_of(view, may=readable_columns(kari)) == Selection(group="ended", sort="name")
    assert view.columns == []


def test_each_viewer_gets_of_a_view_what_may_be_read(staff: Town) -> None:
    view = save("Våre", staff.actor(KARI), is_shared=True)
    reads_little = frozenset({"name", "teacher", "level"})

    assert selection_of(view, may=reads_little) == Selection(group="all", sort="name")
    assert shown_columns(reads_little, chosen=view.columns) == ("teacher",)


def test_what_has_gone_from_innpass_is_left_out_of_an_old_view(staff: Town) -> None:
    kari = staff.actor(KARI)
    view = save("Gammel", kari)
    view.counter, view.sort, view.group = "gone", "gone", "gone"
    view.filters, view.columns = {"gone": "x"}, ["gone"]
    may = readable_columns(kari)
    assert selection_of(view, may=may) == Selection()
    assert shown_columns(may, chosen=view.columns) == shown_columns(may)


def test_columns_follow_the_counter_unless_they_are_chosen() -> None:
    may = frozenset({"name", *IN_ORDER})
    assert shown_columns(may) == IN_ORDER
    assert shown_columns(may, counter="visits") == COUNTER_COLUMNS["visits"]
    assert shown_columns(may, counter="visits", chosen=["socio", "step"]) == ("socio", "step")
    assert shown_columns(may - {"placement"}, counter="visits")[0] == "next_step"
    assert shown_columns(frozenset({"name"})) == ()


@pytest.mark.parametrize("counter", COUNTER_FIELDS)
def test_a_counter_shows_what_it_asks_about(counter: str) -> None:
    columns = COUNTER_COLUMNS[counter]
    # Nobody has a placement on the list of those without one: that column would be empty.
    asked = set(COUNTER_FIELDS[counter]) - (
        {"placement"} if counter == "without_placement" else set()
    )
    assert asked <= set(columns) <= set(IN_ORDER)
    assert len(set(columns)) == len(columns)


def test_every_column_that_can_be_chosen_is_cut_by_a_field() -> None:
    assert set(IN_ORDER) < set(COLUMN_FIELDS)
    assert len(set(IN_ORDER)) == len(IN_ORDER)
