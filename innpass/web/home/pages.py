"""What the demo's front page shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as. ``key`` is posted as ``persona``."""

    key: str
    name: str
    role: str
    sees: str


@dataclass(frozen=True, slots=True)
class Body:
    """One of the three bodies, or those who lead and administer, with its personas."""

    name: str
    icon: str
    colour: str
    personas: tuple[Persona, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The page ``home/front.html``; outside the demo no bodies, only a link to sign in."""

    municipality: str
    bodies: tuple[Body, ...] = ()
    participants: int = 0
    files: int = 0
