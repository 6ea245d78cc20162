"""What following up knows that an ending may not deny: a contract, and that somebody was there."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.objecting import ask
from innpass.casework.agreements.queries import told_of
from innpass.casework.follow_up.attests import facts_of_case
from innpass.casework.follow_up.models import Attest, EmploymentContract, EvaluationVisit
from innpass.casework.follow_up.refusing import Fault
from innpass.domain.placing.sentences import choice
from innpass.domain.placing.states import Outcome


@ask
def objections(case: PlacementCase, outcome: Outcome, on: date) -> Iterator[Fault]:
    """Yield why a case cannot have ended with an outcome; as ``agreements.objecting`` asks."""
    contracts = EmploymentContract.objects.filter(case=case, taken_back_on=None)
    contract = contracts.order_by("first_day").first()
    if contract is not None and outcome is not Outcome.HIRED:
        text = _(
            "Arbeidskontrakten fra %(day)s er ført på denne praksisen, og da er utfallet «fikk "
            "jobb». Er kontrakten feil, ta den tilbake under Arbeidskontrakter først."
        )
        yield Fault(text % {"day": f"{contract.first_day:%d.%m.%Y}"}, "outcome")
    if outcome is not Outcome.NOT_STARTED:
        return
    was_there = list(_was_there(case, on=on))
    if was_there:
        text = _(
            "Det er ført at deltakeren var der: %(what)s. Da kan det ikke stå at det ikke ble noe "
            "av. Velg hvordan praksisen endte, eller rett først det som er ført feil."
        )
        yield Fault(text % {"what": choice(was_there, last=_("og"))}, "outcome")


def _was_there(case: PlacementCase, *, on: date) -> Iterator[str]:
    """Yield what shows that somebody was at the workplace of a case."""
    first = told_of([case])[case.pk].first_day
    visits = EvaluationVisit.objects.filter(case=case, held_on__isnull=False)
    visit = visits.filter(held_on__gte=first or date.min).order_by("held_on").first()
    if visit is not None:
        yield _("besøk %(day)s") % {"day": f"{visit.held_on:%d.%m.%Y}"}
    attest = Attest.objects.filter(case=case, signed_on__isnull=False).defer("scan").first()
    if attest is not None:
        yield _("attest underskrevet %(day)s") % {"day": f"{attest.signed_on:%d.%m.%Y}"}
    days = facts_of_case(case, on=on).get("attended_days")
    if days:
        yield _("oppmøte %(n)s dager") % {"n": days} if days > 1 else _("oppmøte én dag")
