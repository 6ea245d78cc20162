"""Finding out which rows are about the same person: the one public function."""

from collections.abc import Iterable, Mapping

from innpass.domain.linking.findings import Findings
from innpass.domain.linking.placing import Placing
from innpass.domain.linking.rows import Decision, Linking, LinkRow

_NOTHING_DECIDED: Mapping[str, Decision] = {}


def link_rows(
    rows: Iterable[LinkRow], *, decided: Mapping[str, Decision] = _NOTHING_DECIDED
) -> Linking:
    """Find out which rows are about the same person.

    Certain links are made and explained, uncertain ones are asked about, and impossible ones are
    refused. The answer depends on the rows alone, not on their order or on earlier runs.

    Args:
        rows: of all files of one municipality, each with a key of its own.
        decided: what humans have answered, by row key. No question is asked about these rows.

    Returns:
        All persons, ordered by their smallest row key. Rows that wait for an answer, hidden rows
        and details that fit nobody are in no person.
    """
    ordered = sorted(rows, key=lambda row: row.key)
    placing = Placing(ordered, decided)
    placing.run()
    known = {row.key for row in ordered}
    return Findings(placing, (key for key in decided if key in known)).linking()
