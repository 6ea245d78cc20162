"""The employer pack: what practice is, whom to call, Nav's schemes, and where there is more."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.placing.expectations import Section
from innpass.domain.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class PackText:
    """The words of the pack; ``schemes_intro`` has a place for the ``day`` of the rules."""

    title: str
    intro: str
    sections: tuple[Section, ...]
    contact: str
    schemes: str
    schemes_intro: str
    links: str


@cache
def pack_text() -> PackText:
    """Return the words of the pack."""
    row: dict[str, Any] = read_yaml(Path(__file__).with_name("pack.yml").read_text("utf-8"))
    sections = tuple(Section(each["title"], tuple(each["lines"])) for each in row["sections"])
    return PackText(**{**row, "sections": sections})
