"""Reading XML parts without entities: every part is parsed here before another library sees it."""

from collections.abc import Callable, Iterable
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from innpass.exchange.workbooks.refusals import CannotRead, Reason

StartHandler = Callable[[str, dict[str, str]], None]


def create_parser() -> XMLParserType:
    """Give an expat parser that refuses document types, and so entities, and other encodings."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    parser.XmlDeclHandler = _check_encoding
    return parser


def parse(parser: XMLParserType, chunks: Iterable[bytes]) -> None:
    """Feed all ``chunks`` to ``parser``.

    Raises:
        CannotRead: the markup is not well formed, or a handler refused it.
    """
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (ExpatError, UnicodeError) as error:
        raise CannotRead(Reason.DAMAGED) from error


def local_name(name: str) -> str:
    """Give the name without its namespace prefix: ``x:row`` is ``row``."""
    return name.rpartition(":")[2]


def _refuse_document_type(*_declaration: object) -> None:
    raise CannotRead(Reason.UNSAFE)


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise CannotRead(Reason.UNSAFE)
