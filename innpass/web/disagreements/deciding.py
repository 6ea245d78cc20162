"""Reading what somebody decides: which of the values, or another one, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from innpass.casework.reconciliation.disagreements import Dispute
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.typed import as_text, read_typed
from innpass.exchange.clock import today
from innpass.web.disagreements.assembling import why

OTHER = "annen"
LONGEST_REASON = 1000


@dataclass(slots=True)
class Decided:
    """What was sent, as a value with its reason; ``problems`` by the page's attribute."""

    value: Value = None
    reason: str = ""
    problems: dict[str, str] = field(default_factory=dict)


def read_decision(found: Dispute, sent: Mapping[str, str]) -> Decided:
    """Read the form of one disagreement.

    Whoever follows the proposal need not give a reason: the proposal's own is kept.
    """
    read = Decided(reason=as_text(sent["reason"]).strip())
    chosen = sent["choice"]
    follows = False
    if chosen == OTHER:
        typed = read_typed(found.field, sent["value"], on=today())
        read.value = typed.value
        if typed.problem or typed.value is None:
            read.problems["value_problem"] = typed.problem or _("Skriv verdien som er riktig.")
    elif chosen in map(str, range(len(found.stands))):
        stand = found.stands[int(chosen)]
        read.value, follows = stand.value, stand.is_proposed
    else:
        read.problems["choice_problem"] = _("Velg en av verdiene, eller skriv en annen.")
    if not read.reason and follows:
        read.reason = _("Fulgte forslaget: %(why)s") % {"why": why(found)}
    if not read.reason and not read.problems:
        read.problems["reason_problem"] = _(
            "Skriv kort hvorfor, så de andre forstår det. For eksempel: «Ringte Nav 3. juli»."
        )
    if len(read.reason) > LONGEST_REASON:
        read.problems["reason_problem"] = _("Skriv kortere: høyst %(most)s tegn.") % {
            "most": LONGEST_REASON
        }
    return read
