"""Public pages to tell employers, participants and staff about, as a dated list."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from innpass.domain.yaml_text import read_yaml


class Audience(StrEnum):
    """Whom a page is for."""

    EMPLOYER = "employer"
    PARTICIPANT = "participant"
    TEACHER = "teacher"
    ADVISER = "adviser"


@dataclass(frozen=True, slots=True)
class Resource:
    """A public page: what it is called, where it is, what one finds there.

    ``listed_on`` is the day the line was written; an address may have moved since.
    """

    audience: Audience
    title: str
    url: str
    what: str
    listed_on: date


@cache
def resources() -> tuple[Resource, ...]:
    """Return all pages, in their order."""
    rows = read_yaml(Path(__file__).with_name("resources.yml").read_text("utf-8"))
    return tuple(Resource(**{**row, "audience": Audience(row["audience"])}) for row in rows)


def resources_for(*audiences: Audience) -> tuple[Resource, ...]:
    """Return the pages for some, in their order."""
    return tuple(each for each in resources() if each.audience in audiences)
