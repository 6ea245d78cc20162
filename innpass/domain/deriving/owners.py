"""Whose value goes first, field by field, and who is asked when none is clear."""

from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.records import Owner

_R, _N, _L, _O = Owner.REFUGEE, Owner.NAV, Owner.LEARNING, Owner.OVERVIEW
_H = Owner.HAND

_BY_REFUGEE = (_R, _O, _L, _N)
_BY_NAV = (_N, _O, _R, _L)
_BY_LEARNING = (_L, _O, _R, _N)

# A system's number is right in the system's own export and nowhere else.
SYSTEM_OF_NUMBER: dict[str, Owner] = {
    "ids.socio": _N,
    "ids.visma_refugee": _R,
    "ids.visma_learning": _L,
}

_FIRST: dict[str, tuple[Owner, ...]] = {
    "ids.fnr": (_R, _L, _N, _O),
    "ids.dnr": (_R, _L, _N, _O),
    "ids.duf": (_R, _L, _N, _O),
    "ids.socio": _BY_NAV,
    "ids.visma_learning": _BY_LEARNING,
    "programme.class_name": _BY_LEARNING,
    "programme.track": _BY_LEARNING,
    "teacher": _BY_LEARNING,
}


def order_of(name: str) -> tuple[Owner, ...]:
    """Return the owners of a field, first the one whose value holds: what a human entered."""
    return _H, *_order_of_bodies(plain(name))


def _order_of_bodies(name: str) -> tuple[Owner, ...]:
    if name in _FIRST:
        return _FIRST[name]
    if name.startswith("nav."):
        return _BY_NAV
    if name.startswith(("level.", "test.", "social_studies.")):
        return _BY_LEARNING
    return _BY_REFUGEE


def asked_about(name: str) -> tuple[Owner, ...]:
    """Return the bodies that should answer a question about a field."""
    return _order_of_bodies(plain(name))[:1]


def asked_about_owner(owner: Owner) -> tuple[Owner, ...]:
    """Return who answers for a row of an owner's own table; the overview's is the department's."""
    return (_R,) if owner is _O else (owner,)
