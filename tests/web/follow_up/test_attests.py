"""What an attest says on paper of somebody whose address is protected."""

from innpass.casework.follow_up import services
from innpass.casework.follow_up.models import Attest
from innpass.web.follow_up.attests import attest_document
from tests.casework.follow_up.staying import followed_case
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, PER, Town


def test_a_protected_person_is_neither_named_nor_dated_on_the_paper(town: Town) -> None:
    case = followed_case(town)
    services.start_attest(case, by=town.actor(PER), on=TODAY)
    named = attest_document(Attest.objects.get(), shows_birth=True)

    town.protect("Amina", by=KARI, named=(PER,))
    blank = attest_document(Attest.objects.get(), shows_birth=True)

    assert "Amina" in str(named)
    assert blank["name"] == ""
    assert "Amina" not in str(blank)
    assert "Født" not in str(blank["facts"])
