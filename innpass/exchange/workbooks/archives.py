"""Zip containers: parts are counted while they unpack, and only chosen ones are passed on."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.refusals import CannotRead, Reason

_CHUNK = 256 * limits.KIB
_ENCRYPTED_FLAG = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass
class Archive:
    """The parts of a zip file, whose sizes are what they unpacked to and never what was declared.

    ``kept`` holds the parts that were unpacked, for ``repacked``: the library that reads the cells
    sees exactly the bytes that were checked, and nothing else of the file.
    """

    source: zipfile.ZipFile
    names: tuple[str, ...]
    kept: dict[str, bytes] = field(default_factory=dict)
    unpacked_bytes: int = 0

    def unpack(self, name: str) -> Iterator[bytes]:
        """Yield the part in pieces, and keep it once it is read to its end.

        Raises:
            CannotRead: the part is damaged, or it unpacks to more than a part may.
        """
        packed = self.source.getinfo(name).compress_size
        part = io.BytesIO()
        try:
            with self.source.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    self.unpacked_bytes += len(chunk)
                    part.write(chunk)
                    _check_size(part.tell(), packed=packed, in_all=self.unpacked_bytes)
                    yield chunk
        except _DAMAGED as error:
            raise CannotRead(Reason.DAMAGED) from error
        self.kept[name] = part.getvalue()

    def read(self, name: str) -> bytes:
        """Unpack a whole part; raises as ``unpack``."""
        for _chunk in self.unpack(name):
            pass
        return self.kept[name]

    def repacked(self) -> bytes:
        """Give a new zip file of the kept parts, not compressed."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, part in self.kept.items():
                archive.writestr(name, part)
        return target.getvalue()


def open_archive(content: bytes) -> Archive:
    """Open a zip file and check the names and number of its parts.

    Raises:
        CannotRead: not a whole zip file, a password, too many parts, or names no program writes.
    """
    try:
        source = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGED as error:
        raise CannotRead(Reason.DAMAGED) from error
    parts = source.infolist()
    if len(parts) > limits.MAX_PARTS:
        raise CannotRead(Reason.TOO_MANY_PARTS)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise CannotRead(Reason.ENCRYPTED)
    # ``orig_filename`` is the name before zipfile cuts it at a zero byte.
    names = [part.orig_filename for part in parts]
    if len({name.lower() for name in names}) < len(names):
        raise CannotRead(Reason.UNSAFE)
    for name in names:
        _check_name(name)
    return Archive(source=source, names=tuple(names))


def _check_name(name: str) -> None:
    folders = name.removesuffix("/").split("/")
    if (
        len(name) > 255
        or any(folder in {"", ".", ".."} for folder in folders)
        or any(sign in name for sign in "\\:\0")
        or not name.isprintable()
    ):
        raise CannotRead(Reason.UNSAFE)


def _check_size(size: int, *, packed: int, in_all: int) -> None:
    if size > limits.MAX_PART_BYTES or in_all > limits.MAX_UNPACKED_BYTES:
        raise CannotRead(Reason.UNPACKS_TOO_LARGE)
    if size > limits.RATIO_COUNTS_FROM_BYTES and size > limits.MAX_RATIO * max(packed, 1):
        raise CannotRead(Reason.UNPACKS_TOO_LARGE)
