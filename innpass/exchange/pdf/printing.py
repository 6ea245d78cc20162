"""Printing a document as tagged PDF (PDF/UA-1) from a template of ours and data."""

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from anyascii import anyascii

# Letters that are printed as they are: all, Latin to Cyrillic, Western and Central European.
_MOST = (0x10FFFF, 0x052F, 0x017F)
_SHARED = "letterhead.typ"  # what templates may import
_ARABIC = "fontpkg_ibm_plex_sans_arabic"  # a template names it where it wants it


class NoSuchTemplate(LookupError):
    """There is no template of that name."""


def render_pdf(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the document ``template``.typ of this package with the data, as PDF/UA-1.

    Data is text to Typst, never markup, and goes nowhere but into the document: the compiler reads
    no file beside it but our letterhead, and uses the fonts it brings and ours of Arabic letters.

    Args:
        template: its name.
        data: what the template asks for, as JSON can hold it.
        made_at: when the document is made.

    Raises:
        NoSuchTemplate: there is none.
    """
    source = files(__package__).joinpath(f"{template}.typ")
    if not source.is_file():
        raise NoSuchTemplate(template)
    text = json.dumps(data, ensure_ascii=False)
    for most in _MOST:
        try:
            return _compiled(source.read_bytes(), _within(text, most), made_at)
        except typst.TypstError as trouble:
            if most == _MOST[-1] or "could not be displayed" not in str(trouble):
                raise
    raise AssertionError("unreachable")


def _within(text: str, most: int) -> str:
    """Write letters past ``most`` with Latin ones: the fonts at hand do not hold every script."""
    return "".join(c if ord(c) <= most else json.dumps(anyascii(c))[1:-1] for c in text)


def _compiled(source: bytes, data: str, made_at: datetime) -> bytes:
    with tempfile.TemporaryDirectory() as empty:
        main = Path(empty, "main.typ")
        main.write_bytes(source)
        shared = files(__package__).joinpath(_SHARED)
        Path(empty, _SHARED).write_bytes(shared.read_bytes())
        made: bytes = typst.compile(
            str(main),
            root=empty,
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            font_paths=[str(files(_ARABIC).joinpath("files"))],
            ignore_system_fonts=True,
            timestamp=int(made_at.astimezone(UTC).timestamp()),
        )
    return made
