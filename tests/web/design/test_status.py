"""Every code that a page can hold has words, an icon and a colour."""

import pytest

from innpass.casework.imports.models import BatchStatus
from innpass.domain.journey.place import State
from innpass.domain.law.assessment import Verdict
from innpass.web.design.status import STATUSES
from innpass.web.design.templatetags.design import status, status_icon, status_label

# A batch that was received waits; the pages call it so.
CODES = [*State, *Verdict, *(set(BatchStatus) - {BatchStatus.RECEIVED})]


@pytest.mark.parametrize("code", sorted({str(code) for code in CODES}))
def test_a_code_can_be_drawn(code: str) -> None:
    look = STATUSES[code]

    assert str(look.label) in status(code)
    assert status_label(code) == str(look.label)
    assert "svg" in status_icon(code)
