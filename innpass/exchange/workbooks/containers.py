"""An OLE container with one stream: the records of an .xls without its macros and objects."""

import struct

_SECTOR = 4096
_LINKS_IN_A_SECTOR = _SECTOR // 4
_END_OF_CHAIN, _TABLE_SECTOR, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_NO_ENTRY = 0xFFFFFFFF
_ROOT, _STREAM = 5, 2
# Room for the numbers of table sectors in the header: enough for 400 MiB.
_TABLE_NUMBERS_IN_HEADER = 109


def contain(stream: bytes, *, name: str) -> bytes:
    """Wrap a stream in a container, version 4, as the format's specification lays it out.

    Source:
        MS-CFB, sections 2.2 (header), 2.3 (sector table) and 2.6 (directory).
    """
    # Streams below one sector would belong in another place; zeros after the last record are none.
    stream = stream.ljust(_SECTOR, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    # calamine takes a root without room for small streams to be empty, so there is one sector.
    directory_at = sectors + 1
    tables = -(-(sectors + 3) // (_LINKS_IN_A_SECTOR - 1))
    links = [
        *range(1, sectors),
        _END_OF_CHAIN,
        _END_OF_CHAIN,
        _END_OF_CHAIN,
        *([_TABLE_SECTOR] * tables),
    ]
    links += [_FREE] * (tables * _LINKS_IN_A_SECTOR - len(links))
    table_numbers = [directory_at + 1 + number for number in range(tables)]
    table_numbers += [_FREE] * (_TABLE_NUMBERS_IN_HEADER - tables)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 4, 0xFFFE, 12, 6),
        *(1, tables, directory_at, 0, _SECTOR, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0),
    )
    header += struct.pack(f"<{_TABLE_NUMBERS_IN_HEADER}I", *table_numbers)
    directory = _entry("Root Entry", _ROOT, child=1, start=sectors, size=0)
    directory += _entry(name, _STREAM, child=_NO_ENTRY, start=0, size=len(stream))
    return b"".join(
        (
            header.ljust(_SECTOR, b"\0"),
            stream.ljust((sectors + 1) * _SECTOR, b"\0"),
            directory.ljust(_SECTOR, b"\0"),
            struct.pack(f"<{len(links)}I", *links),
        )
    )


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    about = struct.pack("<HBBIII", len(encoded), kind, 1, _NO_ENTRY, _NO_ENTRY, child)
    return encoded.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, size)
