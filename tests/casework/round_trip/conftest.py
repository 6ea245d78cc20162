from tests.casework.reconciliation.conftest import _on_the_samples_day, municipality

__all__ = ["_on_the_samples_day", "municipality"]
