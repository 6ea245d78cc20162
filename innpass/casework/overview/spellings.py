"""How a name's spellings are kept for a search: a key for each part, which all of them share."""

from innpass.domain.linking.names import canonical

# Small letters and digits alone: PostgreSQL's index passes over other signs, and SQLite takes
# capitals (sounds that take two letters) for small letters.
_PLAIN = str.maketrans({"=": "0", "S": "1", "C": "2"})

# Wide letters, as no word that is searched for has: whoever types a key's letters finds nobody.
_WIDE = str.maketrans({sign: chr(sign + 0xFEE0) for sign in range(ord("!"), ord("~") + 1)})


def spelling(part: str) -> str:
    """Return what all spellings of a folded part have in common, as it stands among other keys."""
    return f" {canonical(part).translate(_PLAIN)} "


def set_apart(part: str) -> str:
    """Return the same key as it stands among words."""
    return spelling(part).translate(_WIDE)
