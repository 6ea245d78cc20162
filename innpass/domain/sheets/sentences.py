"""What the user reads about cells and sheets: one Norwegian sentence per code."""

from collections.abc import Mapping

from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.words import read_yaml


def issue_sentence(issue: Issue, *, text: str = "") -> str:
    """Say why a cell has no single right reading.

    Example:
        >>> issue_sentence(Issue.WEEK_ONLY, text="ca. uke 34")
        '«ca. uke 34» sier bare hvilken uke, ikke hvilken dag.'
    """
    return _sentence("issues", str(issue), {"text": text})


def note_sentence(note: str) -> str:
    """Say what was done to read a cell.

    Example:
        >>> note_sentence("merged_cell")
        'Verdien gjelder alle radene i de sammenslåtte cellene.'
    """
    return _sentence("notes", note, {})


def typed_sentence(code: str, **places: object) -> str:
    """Say what may be typed into a field of a type (``fields.FieldType``).

    Example:
        >>> typed_sentence("percent")
        'Skriv en prosent fra 0 til 100.'
    """
    return _sentence("typed", code, places)


def notice(code: str, **places: object) -> str:
    """Say what was found or left out in a file.

    Example:
        >>> notice("no_rows", sheet="2024")
        'Arket «2024» har overskrifter, men ingen rader om personer.'
    """
    return _sentence("notices", code, places)


def _sentence(part: str, code: str, places: Mapping[str, object]) -> str:
    sentence: str = read_yaml("sentences.yml")[part][code]
    return sentence.format(**places)
