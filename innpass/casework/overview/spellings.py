"""How a name's spellings stand among the words that a search looks in."""

from innpass.domain.linking.names import canonical

# Whoever searches for a number finds none in a key.
_NO_DIGITS = str.maketrans("0123456789", "!#$&()*+,/")


def spelling(part: str) -> str:
    """Return what all spellings of a folded part have in common, set apart from other words."""
    return f" ~{canonical(part).translate(_NO_DIGITS)} "
