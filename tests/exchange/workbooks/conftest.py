import pytest

from innpass.exchange.workbooks import reading, sandbox


@pytest.fixture(autouse=True)
def _each_file_in_a_child_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what ``tests/conftest.py`` spares the other tests: here, the child is what we test."""
    monkeypatch.setattr(reading, "run_child", sandbox.run_child)
