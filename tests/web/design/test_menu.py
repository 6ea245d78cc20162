"""What stands in the first row of the menu for each role."""

import pytest

from innpass.domain.access.roles import Role
from innpass.web.design.menu import _DAILY

MOST = 7  # beside the list of participants, for one row of 1440 px


@pytest.mark.parametrize("role", Role)
def test_the_first_row_is_one_row(role: Role) -> None:
    assert len(_DAILY[role]) <= MOST
