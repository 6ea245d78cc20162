"""What one cell says, before it is tied to a field and a place."""

from dataclasses import dataclass

from innpass.domain.sheets.records import Issue, Value


@dataclass(frozen=True, slots=True)
class Finding:
    """The reading of one content; the names mean what they mean in ``records.Reading``.

    Functions that read a content return ``None`` for one that is as good as empty.
    """

    value: Value = None
    issue: Issue | None = None
    possible: tuple[Value, ...] = ()
    note: str | None = None


def doubt(issue: Issue, *possible: Value) -> Finding:
    """Make a finding without a single right reading."""
    return Finding(issue=issue, possible=possible)
