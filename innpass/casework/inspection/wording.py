"""The words of the report that the register of the law does not bring."""

from datetime import date

from innpass.domain.law.duty import State
from innpass.domain.sheets.fields import DecisionKind

STATES = (State.KEPT, State.DUE, State.NOT_SHOWN, State.BROKEN, State.UNKNOWN)
DECISIONS = {
    DecisionKind.PROGRAMME: "Innvilget program",
    DecisionKind.EXTENSION: "Forlengelse",
    DecisionKind.LEAVE: "Permisjon",
    DecisionKind.PAUSE: "Midlertidig stans",
    DecisionKind.STOP: "Varig stans",
    DecisionKind.PART_TIME: "Deltid",
    DecisionKind.PLAN: "Integreringsplan eller vesentlig endring",
    DecisionKind.NORWEGIAN: "Norskopplæring",
    DecisionKind.NORWEGIAN_EXTENSION: "Utvidet norskopplæring",
}
MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
LIMITS = (
    (
        "Rapporten bygger på det som er registrert i Innpass. At noe «ikke er vist», betyr at "
        "Innpass ikke har opplysningen, ikke at det ikke er gjort."
    ),
    (
        "Selve vedtakene og begrunnelsene ligger i kommunens saks- og arkivsystem. Rapporten viser "
        "at et vedtak er registrert, hva det gjelder og datoen, ikke om begrunnelsen er god nok."
    ),
    "Timene er de planlagte timene slik tjenestene har ført dem, ikke oppmøte time for time.",
    "Om innholdet er tilpasset den enkelte, og om kvaliteten er god nok, må vurderes i saken.",
    "Deltakere som den som laget rapporten, ikke kan se, er ikke med. Det gjelder adressesperre.",
    "Deltakere uten registrert programstart er ikke med.",
)


def day(value: date | None) -> str:
    """Write a day as 30.06.2026; a dash for none."""
    return f"{value:%d.%m.%Y}" if value else "–"


def number(value: float | None) -> str:
    """Write a number with at most one decimal; a dash for none."""
    if value is None:
        return "–"
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def month(first: date) -> str:
    """Write a month."""
    return f"{MONTHS[first.month - 1]} {first.year}"
