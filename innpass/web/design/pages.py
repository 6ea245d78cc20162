"""Pieces that the page dataclasses of several screens share."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads; an empty ``href`` is plain text."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside others."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the paging; ``number`` is ``None`` where pages are left out."""

    number: int | None
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows are shown, counted from 1, and the way to the others."""

    first: int
    last: int
    total: int
    previous_href: str = ""
    next_href: str = ""
    links: tuple[PageLink, ...] = ()


def page_number(text: str) -> int:
    """Read the number of a page from an address; the first where it is none."""
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def paging(*, number: int, size: int, total: int, href: Callable[[int], str]) -> Paging:
    """Describe page ``number`` (from 1) of ``total`` rows; ``href`` gives the address of a page."""
    pages = max(1, ceil(total / size))
    number = min(max(number, 1), pages)
    links: list[PageLink] = []
    for page in range(1, pages + 1):
        if page in (1, pages) or abs(page - number) <= 1:
            links.append(PageLink(page, href(page), page == number))
        elif links and links[-1].number is not None:
            links.append(PageLink(None))
    return Paging(
        first=min((number - 1) * size + 1, total),
        last=min(number * size, total),
        total=total,
        previous_href=href(number - 1) if number > 1 else "",
        next_href=href(number + 1) if number < pages else "",
        links=tuple(links) if pages > 1 else (),
    )
