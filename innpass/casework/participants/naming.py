"""Whether a text that many read names somebody whose address is protected."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import may_be_seen
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import fold

_PARTS = 2  # of a name: one alone is many people's


def field_naming_protected(
    texts: Mapping[str, str], *, by: Actor, about: UUID | None = None
) -> str | None:
    """Return the first field whose text has two parts of the name of somebody protected.

    Asked about are protected people whom the writer may see; of others nothing is told, not even
    that a name is theirs. One query for all the texts, none where they are a word each.

    Args:
        texts: by field.
        about: whom the texts are about, who may be named: only those who see them read it.
    """
    words = {name: set(fold(text)) for name, text in texts.items()}
    words = {name: said for name, said in words.items() if len(said) >= _PARTS}
    if not words:
        return None
    protected = Participant.objects.filter(may_be_seen(by), is_protected=True)
    if about is not None:
        protected = protected.exclude(Q(pk=about) | Q(turned_out_to_be=about))
    names = [set(fold(name)) for name in protected.values_list("name", flat=True)]
    for field, said in words.items():
        if any(len(said & name) >= _PARTS for name in names):
            return field
    return None
