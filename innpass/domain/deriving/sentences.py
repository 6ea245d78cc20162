"""What is asked about a cell or a row, in plain Norwegian."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from innpass.domain.yaml_text import read_yaml


@cache
def texts() -> Mapping[str, str]:
    """Load ``sentences.yml``: the sentence of every kind of question."""
    text = files("innpass.domain.deriving").joinpath("sentences.yml").read_text("utf-8")
    loaded: Mapping[str, str] = read_yaml(text)
    return loaded


def question_sentence(kind: str, *, field: str, text: str) -> str:
    """Write the question; a text that may not be read shows as an ellipsis.

    Example:
        >>> question_sentence("week_only", field="overføringsmøte", text="ca. uke 34")
        '«ca. uke 34» sier bare uken. Hvilken dato gjelder overføringsmøte?'
    """
    return texts()[kind].format(field=field, text=text or "…")
