"""Finding out which rows are about the same person: the one public function."""

from collections.abc import Iterable, Mapping, Sequence

from innpass.domain.linking.decisions import Decided
from innpass.domain.linking.findings import Findings
from innpass.domain.linking.placing import Placing, Told
from innpass.domain.linking.rows import Decision, Linking, LinkRow

_NOTHING_DECIDED: Mapping[str, Sequence[Decision]] = {}


def _tell_nobody(placed: int, rows: int) -> None:
    """Report how far it has come to nobody."""


def link_rows(
    rows: Iterable[LinkRow],
    *,
    decided: Mapping[str, Sequence[Decision]] = _NOTHING_DECIDED,
    told: Told = _tell_nobody,
) -> Linking:
    """Find out which rows are about the same person.

    Certain links are made and explained, uncertain ones are asked about, and impossible ones are
    refused. The answer depends on the rows and on what is decided alone, not on their order or on
    earlier runs.

    Args:
        rows: of all files of one municipality, each with a key of its own.
        decided: what humans have answered, by row key, in any order; see ``Decision``.
        told: called now and then with how many of the rows are placed; it may raise to stop.

    Returns:
        All persons, ordered by their smallest row key. Rows that wait for an answer, hidden rows
        and details that fit nobody are in no person.
    """
    answers = Decided(rows, decided)
    placing = Placing(answers, told)
    placing.run()
    return Findings(placing, answers).linking()
