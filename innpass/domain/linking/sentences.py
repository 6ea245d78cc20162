"""Norwegian sentences for reasons, questions and notes."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from innpass.domain.linking.rows import LinkNote, LinkQuestion, Reason
from innpass.domain.yaml_text import read_yaml


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    text = files("innpass.domain.linking").joinpath("sentences.yml").read_text("utf-8")
    sentences: Mapping[str, Mapping[str, str]] = read_yaml(text)
    return sentences


def sentence(said: Reason | LinkQuestion | LinkNote) -> str:
    """Say in Norwegian why a row was linked, what is asked about it, or what was noticed.

    Example:
        >>> sentence(Reason("same_birth_date"))
        'Samme fødselsdato.'
    """
    if isinstance(said, LinkQuestion):
        return _sentences()["questions"][said.kind]
    group = "reasons" if isinstance(said, Reason) else "notes"
    return _sentences()[group][said.code].format(**said.values)
