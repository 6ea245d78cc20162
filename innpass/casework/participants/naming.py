"""Whether a text that many read names somebody whose address is protected."""

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import may_be_seen
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import fold

_PARTS = 2  # of a name: one alone is many people's


def names_protected(text: str, *, by: Actor) -> bool:
    """Say whether a text has two parts of the name of a protected person whom the writer may see.

    Of those whom the writer may not see nothing is told, not even that a name is theirs. One query.
    """
    words = set(fold(text))
    if len(words) < _PARTS:
        return False
    protected = Participant.objects.filter(may_be_seen(by), is_protected=True)
    names = protected.values_list("name", flat=True)
    return any(len(words & set(fold(name))) >= _PARTS for name in names)
