"""What kinds of jobs there are. Contexts name their functions here in ``tasks.py``."""

from collections.abc import Callable
from typing import Any, Protocol

MINUTES_OF_A_DAY = 24 * 60


class JobProblem(Exception):
    """A job cannot be done. The message is a Norwegian sentence for the user, nothing personal."""


class UnknownKind(LookupError):
    """No function has this name."""


class Progress(Protocol):
    """What a job's function gets to tell how far it has come. See ``running.Run``."""

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Tell how far the work has come; cheap, so call it as often as you like.

        Raises ``running.Stopped`` when the job was cancelled, taken by another worker or is given
        back. Let it pass: the transaction is rolled back and nothing more is done.
        """

    def finish(self, message: str = "") -> None:
        """Mark the job done in the transaction that stores its work.

        Work and mark are then stored together or not at all, whenever the worker is killed.
        Raises ``running.Stopped`` when the job is no longer this worker's.
        """


JobFunction = Callable[[Any, Progress], None]

_functions: dict[str, JobFunction] = {}
_periods: dict[str, int] = {}


def job(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function as what does jobs of this kind.

    The function gets ``(job, progress)``, runs in its municipality's scope, and must be
    idempotent: after a worker was killed it runs again from the start.
    """

    def register(function: JobFunction) -> JobFunction:
        if _functions.setdefault(kind, function) is not function:
            raise ValueError(f"two functions do the job {kind}")
        function.job_kind = kind  # type: ignore[attr-defined]
        return function

    return register


def every(*, minutes: int) -> Callable[[JobFunction], JobFunction]:
    """Have the worker enqueue a job of the function's kind for each municipality now and then.

    Stands above ``@job``. Turns are counted from midnight in Norway, so ``minutes=24 * 60`` runs
    just after midnight. Turns missed while no worker ran are not made up for.

    Args:
        minutes: length of a turn; a day must hold a whole number of them.
    """
    if minutes < 1 or MINUTES_OF_A_DAY % minutes:
        raise ValueError(f"a day does not hold a whole number of turns of {minutes} minutes")

    def register(function: JobFunction) -> JobFunction:
        _periods[function.job_kind] = minutes  # type: ignore[attr-defined]
        return function

    return register


def function_for(kind: str) -> JobFunction:
    """Return the function that does jobs of a kind.

    Raises:
        UnknownKind: there is none.
    """
    try:
        return _functions[kind]
    except KeyError:
        raise UnknownKind(f"no function does the job {kind}") from None


def kinds() -> tuple[str, ...]:
    """Return all kinds that can be done here."""
    return tuple(_functions)


def periods() -> dict[str, int]:
    """Return the periodic kinds with the length of their turns in minutes."""
    return dict(_periods)


def forget(kind: str) -> None:
    """Take a kind out again; for tests."""
    _functions.pop(kind, None)
    _periods.pop(kind, None)
