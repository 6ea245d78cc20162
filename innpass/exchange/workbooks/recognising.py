"""What a file is, told by its first bytes and not by its name."""

import re
from enum import StrEnum

from innpass.exchange.workbooks.refusals import CannotRead, Reason


class Kind(StrEnum):
    """The ways a file that may be a spreadsheet is packed."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED_BY_SIGNATURE: tuple[tuple[bytes, Reason], ...] = (
    (b"%PDF", Reason.PDF),
    (b"\x89PNG\r\n\x1a\n", Reason.PICTURE),
    (b"\xff\xd8\xff", Reason.PICTURE),
    (b"GIF8", Reason.PICTURE),
    (b"{\\rtf", Reason.DOCUMENT),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ\x00", Reason.ARCHIVE),
    # BIFF 2 to 4, from before 1993: a BOF record without a container.
    (b"\x09\x00\x04\x00", Reason.OLD_FORMAT),
    (b"\x09\x02\x06\x00", Reason.OLD_FORMAT),
    (b"\x09\x04\x06\x00", Reason.OLD_FORMAT),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP_START = re.compile(rb"\s*<[?!a-zA-Z]")
_HTML = re.compile(rb"<!doctype\s+html|<html|<table|<head|<body|<meta", re.IGNORECASE)
_XML_WORKBOOK = re.compile(
    rb"urn:schemas-microsoft-com:office:spreadsheet|opendocument:xmlns:office"
)
# Tab, line feed, form feed and carriage return occur in text, and so does the old end-of-file mark.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")


def recognise(content: bytes) -> Kind:
    """Say how ``content`` is packed.

    Raises:
        CannotRead: the bytes are plainly no spreadsheet; the sentence says what they are.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise CannotRead(Reason.EMPTY)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if content.startswith(_OLE):
        return Kind.OLE
    for signature, reason in _REFUSED_BY_SIGNATURE:
        if content.startswith(signature):
            raise CannotRead(reason)
    _check_text(content)
    return Kind.TEXT


def _check_text(content: bytes) -> None:
    if content.startswith(_UTF16) or _looks_like_utf16(content):
        start = content[:4096].replace(b"\0", b"")
    else:
        if _CONTROL.search(content):
            raise CannotRead(Reason.NOT_A_SPREADSHEET)
        start = content[:4096]
    start = start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _XML_WORKBOOK.search(start):
        raise CannotRead(Reason.XML_WORKBOOK)
    if start.startswith(b"MIME-Version:") or (_MARKUP_START.match(start) and _HTML.search(start)):
        raise CannotRead(Reason.WEB_PAGE)
    if _MARKUP_START.match(start) or start.lstrip().startswith((b"{", b"[{", b"%!PS")):
        raise CannotRead(Reason.NOT_A_SPREADSHEET)


def _looks_like_utf16(content: bytes) -> bool:
    """Latin text in UTF-16 without a byte order mark has a zero in nearly every second byte."""
    start = content[:400]
    if len(start) < 4 or len(content) % 2:
        return False
    zeros = max(start[0::2].count(0), start[1::2].count(0))
    return zeros > len(start) * 0.4
