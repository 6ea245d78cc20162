"""What is not done, in a sentence for the user. Nothing has been changed when it is raised."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from innpass.casework.agreements.refusing import Fault, Refused, refused
from innpass.casework.participants.models import Participant
from innpass.casework.participants.naming import field_naming_protected
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.typed import as_text

__all__ = ["Fault", "Refused", "one_line", "refuse_names", "refused", "several_lines"]

LINE, TEXT = 300, 4000


def one_line(text: str, field: str, *, most: int = LINE) -> str:
    """Return a text on one line.

    Raises:
        Refused: it is too long, or holds what may be an identity number.
    """
    return _checked(" ".join(as_text(text).split()), field, most)


def several_lines(text: str, field: str, *, most: int = TEXT) -> str:
    """Return a text with its line breaks.

    Raises:
        Refused: it is too long, or holds what may be an identity number.
    """
    lines = (line.rstrip() for line in as_text(text).strip().splitlines())
    return _checked("\n".join(lines), field, most)


def refuse_names(texts: Mapping[str, str], *, about: Participant, by: Actor) -> None:
    """Refuse texts about one person that name another, who is protected and ``by`` may see.

    Whoever sees the one reads them. One query.

    Args:
        texts: by field.

    Raises:
        Refused: one of them does.
    """
    field = field_naming_protected(texts, by=by, about=about.pk)
    if field is not None:
        raise refused(
            _(
                "Teksten nevner en annen deltaker, som har adressesperre, og den leses av flere. "
                "Ta navnet bort."
            ),
            field=field,
        )


def _checked(text: str, field: str, most: int) -> str:
    if len(text) > most:
        raise refused(
            _("Teksten er på %(length)s tegn. Det er plass til %(most)s. Gjør den kortere.")
            % {"length": len(text), "most": most},
            field=field,
        )
    if without_identity_numbers(text) != text:
        raise refused(
            _(
                "Teksten inneholder et tall som kan være et fødselsnummer, D-nummer eller "
                "DUF-nummer. Ta det bort. Deltakeren er kjent av siden du står på."
            ),
            field=field,
        )
    return text
