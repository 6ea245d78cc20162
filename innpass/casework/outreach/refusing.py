"""What is not done, in a sentence for the user. Nothing has been changed when it is raised."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from innpass.casework.participants.naming import field_naming_protected
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.typed import as_text


class Refused(Exception):
    """An act is not done. The message says what is in the way and what to do.

    ``field`` names the part of the form it is about; empty where it is about the whole.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def one_line(text: str, field: str, *, most: int) -> str:
    """Return a text on one line, cut to ``most`` characters.

    Raises:
        Refused: it holds what may be an identity number.
    """
    return _checked(" ".join(as_text(text).split()), field)[:most]


def several_lines(text: str, field: str, *, most: int) -> str:
    """Return a text with its line breaks, cut to ``most`` characters.

    Raises:
        Refused: it holds what may be an identity number.
    """
    lines = (line.rstrip() for line in as_text(text).strip().splitlines())
    return _checked("\n".join(lines), field)[:most]


def refuse_names(texts: Mapping[str, str], *, by: Actor) -> None:
    """Refuse texts that name somebody protected whom ``by``, who wrote them, may see. One query.

    Args:
        texts: by field.

    Raises:
        Refused: one of them does.
    """
    field = field_naming_protected(texts, by=by)
    if field is not None:
        raise Refused(
            _(
                "Teksten nevner en deltaker med adressesperre, og den leses av mange. Ta navnet "
                "bort. Her skal det bare stå noe om arbeidsgiveren."
            ),
            field=field,
        )


def _checked(text: str, field: str) -> str:
    if without_identity_numbers(text) != text:
        raise Refused(
            _(
                "Teksten inneholder et tall som kan være et fødselsnummer, D-nummer eller "
                "DUF-nummer. Ta det bort. Her skal det bare stå noe om arbeidsgiveren."
            ),
            field=field,
        )
    return text
