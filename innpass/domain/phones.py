"""Phone numbers, as people type them."""

_FEWEST, _MOST = 5, 15  # digits: the shortest of a firm in Norway, the longest of any country


def is_phone(typed: str) -> bool:
    """Say whether something typed can be a phone number, by how many digits it has.

    Example:
        >>> is_phone("400 00 102"), is_phone("02800"), is_phone("400")
        (True, True, False)
    """
    return _FEWEST <= sum(each.isdigit() for each in typed) <= _MOST
