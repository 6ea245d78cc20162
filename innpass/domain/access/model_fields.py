"""Which model field falls under which row of the field table; what is not declared is found."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from innpass.domain.access.fields import field
from innpass.domain.yaml_text import read_yaml

_DECLARATIONS = Path(__file__).with_name("model_fields.yml")
_NONE = "none:"


def parse(declarations: Mapping[str, str]) -> dict[str, str | None]:
    """Check declarations ``app.Model.field`` -> access field or ``none: why``.

    Returns:
        The access field of each model field; ``None`` where it holds nothing about a person.

    Raises:
        UnknownField: an access field is not in the table.
        ValueError: a model field is not written ``app.Model.field``, or ``none:`` gives no reason.
    """
    parsed: dict[str, str | None] = {}
    for model_field, declared in declarations.items():
        if model_field.count(".") != 2:
            raise ValueError(f"{model_field!r} is not app.Model.field")
        if not declared.startswith(_NONE):
            parsed[model_field] = field(declared).name
        elif declared.removeprefix(_NONE).strip():
            parsed[model_field] = None
        else:
            raise ValueError(f"{model_field} says none without a reason")
    return parsed


@cache
def declared() -> dict[str, str | None]:
    """Load ``model_fields.yml``; see ``parse``."""
    return parse(read_yaml(_DECLARATIONS.read_text(encoding="utf-8")) or {})


def undeclared(
    model_fields: Iterable[str], *, declarations: Mapping[str, str | None] | None = None
) -> list[str]:
    """List the model fields that nobody has declared, sorted.

    Args:
        model_fields: every field of every model, as ``app.Model.field``.
        declarations: what is declared; ``None`` for ``model_fields.yml``.
    """
    known = declared() if declarations is None else declarations
    return sorted(set(model_fields) - set(known))


def vanished(
    model_fields: Iterable[str], *, declarations: Mapping[str, str | None] | None = None
) -> list[str]:
    """List the declarations whose model field no longer exists, sorted."""
    known = declared() if declarations is None else declarations
    return sorted(set(known) - set(model_fields))
