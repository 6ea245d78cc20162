"""One odd cell never stops a file: what no table has room for is asked about."""

import pytest

from innpass.casework.imports.models import Question
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA


@pytest.mark.parametrize(
    ("heading", "content", "field"),
    [
        ("Programrådgiver", "Hege " + "Nygård" * 30, "programme.adviser"),
        ("Opprinnelsesland", "Syria " * 40, "country"),
        ("Etternavn", "Haddad" * 60, "family_name"),
    ],
)
def test_a_text_longer_than_any_value_is_asked_about(
    municipality: Municipality, heading: str, content: str, field: str
) -> None:
    take_in(municipality, {"flyktning.xlsx": little.refugee(changes={AMINA: {heading: content}})})

    assert Participant.objects.count() == 3
    assert Enrolment.objects.count() == 3
    assert [q.kind for q in Question.objects.filter(field=field)] == ["too_long"]
