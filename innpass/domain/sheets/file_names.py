"""A file's name, fit to be kept and shown."""

import re

from innpass.domain.identifiers import is_duf
from innpass.domain.sheets.cells import without_identity_numbers

# The moment of an export, as systems write it: 202606301215, with seconds or without.
_MOMENT = re.compile(
    r"(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)"
)


def safe_file_name(name: str) -> str:
    """Take identity numbers out of a file's name; underscores part digits as spaces do.

    The moment of an export stays, since it orders the versions of a file.

    Example:
        >>> safe_file_name("plan_078574_11735.xlsx"), safe_file_name("liste_20260630121500.csv")
        ('plan •••.xlsx', 'liste_20260630121500.csv')
    """
    kept: list[str] = []
    end = 0
    for moment in _MOMENT.finditer(name):
        if not is_duf(moment[0]):
            kept += _masked(name[end : moment.start()]), moment[0]
            end = moment.end()
    return "".join([*kept, _masked(name[end:])])


def _masked(text: str) -> str:
    parted = text.replace("_", " ")
    masked = without_identity_numbers(parted)
    return text if masked == parted else masked
