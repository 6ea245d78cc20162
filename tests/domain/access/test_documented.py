"""The committed documentation is current, and model fields are declared."""

from pathlib import Path

import pytest

from innpass.domain.access.document import document
from innpass.domain.access.fields import FIELDS, UnknownField
from innpass.domain.access.model_fields import declared, parse, undeclared, vanished

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "access.md"


def test_the_reference_is_what_the_table_prints() -> None:
    """Otherwise: ``python -m innpass.domain.access.document > docs/reference/access.md``."""
    assert REFERENCE.read_text(encoding="utf-8") == document()


def test_every_field_is_in_the_document() -> None:
    printed = document()

    assert [name for name in FIELDS if f"`{name}`" not in printed] == []


def test_the_declarations_can_be_read() -> None:
    assert isinstance(declared(), dict)


def test_what_nobody_declared_is_listed_in_order() -> None:
    known = parse({"a.Person.name": "name", "a.Person.version": "none: a counter"})

    assert known == {"a.Person.name": "name", "a.Person.version": None}
    assert undeclared(["a.Person.name", "a.Z.z", "a.B.b"], declarations=known) == ["a.B.b", "a.Z.z"]
    assert vanished(["a.Person.name"], declarations=known) == ["a.Person.version"]


@pytest.mark.parametrize(
    ("declaration", "error"),
    [
        # A field that the table does not hold.
        ({"a.Person.name": "nam"}, UnknownField),
        # "None" asks for a reason.
        ({"a.Person.name": "none: "}, ValueError),
        # Not app.Model.field.
        ({"Person.name": "name"}, ValueError),
    ],
)
def test_a_faulty_declaration_is_found(declaration: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        parse(declaration)
