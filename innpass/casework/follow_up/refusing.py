"""What is not done, in a sentence for the user. Nothing has been changed when it is raised."""

from django.utils.translation import gettext as _

from innpass.casework.agreements.refusing import Fault, Refused, refused
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.typed import as_text

__all__ = ["Fault", "Refused", "one_line", "refused", "several_lines"]

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
