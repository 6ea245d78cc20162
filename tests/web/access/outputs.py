"""What an output says, and which fields it may not show."""

import io
import zipfile
from collections.abc import Collection
from html import unescape

from tests.web.access.town import OPEN, markers


def text_of(content: bytes) -> str:
    """Return what a page or a workbook says."""
    if not content.startswith(b"PK"):
        return unescape(content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode() for name in archive.namelist() if "core" not in name
        )


def unreadable(said: str, may: Collection[str]) -> set[tuple[str, str]]:
    """Return the fields of the open person that show but may not be read, and what shows."""
    return {
        (name, mark)
        for name, marks in markers(OPEN).items()
        if name not in may
        for mark in marks
        if mark in said
    }
