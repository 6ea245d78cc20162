"""What a field was before stands at it, once it has been something else."""

from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.entering import Wanted, add_person, enter_values
from tests.factories.cast import RAGNHILD, Town

PAST = "Tidligere verdier"


def page(town: Town, person: Participant) -> str:
    return town.browser(RAGNHILD).get(f"/deltakere/{person.pk}/").content.decode()


def new(town: Town) -> Participant:
    return add_person(
        {"name": "Nora Nyby", "given_name": "Nora", "programme.adviser": "Kari Lunde"},
        municipality_id=town.municipality.pk,
        by=town.actor(RAGNHILD),
    )


def test_of_a_new_person_nothing_was_before(town: Town) -> None:
    assert PAST not in page(town, new(town))


def test_what_was_changed_tells_what_it_was(town: Town) -> None:
    nora = new(town)
    wanted = [Wanted(nora.pk, "programme.adviser", "Ragnhild Moe")]
    enter_values(wanted, municipality_id=town.municipality.pk, by=town.actor(RAGNHILD))

    html = page(town, nora)

    assert PAST in html
    assert "<del>Kari Lunde</del>" in html
