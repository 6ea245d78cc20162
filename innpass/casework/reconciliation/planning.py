"""What acts on all people have in common: a plan made while nobody waits, and how far it has come.

Such an act computes what it does before its transaction, and again, outside it, if somebody changed
casework meanwhile. Where people go on changing it, it is computed at last while they wait.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from innpass.casework.organisations.models import Municipality
from innpass.casework.reconciliation import resolving
from innpass.casework.reconciliation.reading import A_STAGE, STAGES_AFTER
from innpass.casework.reconciliation.resolving import Stage

Progress = Callable[[int, int, str], None]
Finish = Callable[[], None]

MOST_PLANS = 2

_SAID = {
    Stage.LINKING: "Kobler radene til personer: {done} av {of}",
    Stage.DERIVING: "Finner hva som gjelder: {done} av {of} personer",
}


def silent(done: int, total: int, message: str) -> None:
    """Report progress to nobody."""


def nobody_waits() -> None:
    """Mark nothing done: there is no job."""


def casework_version(municipality_id: UUID) -> int:
    """Return which version of casework a plan is made on; 0 where none is stored."""
    versions = Municipality.objects.filter(pk=municipality_id)
    return versions.values_list("casework_version", flat=True).first() or 0


def begin(progress: Progress, *, files: int = 0) -> resolving.Progress:
    """Tell that the files are read and resolving begins; return what resolving reports to."""
    total = (files + STAGES_AFTER) * A_STAGE
    progress(files * A_STAGE, total, "Kobler radene til personer")

    def told(stage: Stage, done: int, of: int) -> None:
        step = (files + stage) * A_STAGE + done * A_STAGE // max(of, 1)
        progress(step, total, _SAID[stage].format(done=done, of=of))

    return told


def compare(progress: Progress, *, files: int = 0) -> None:
    """Tell that what was found out is compared with what is stored."""
    total = (files + STAGES_AFTER) * A_STAGE
    progress(total - A_STAGE, total, "Sammenligner med det som er lagret")


def end(progress: Progress, *, files: int = 0) -> None:
    """Tell that all is worked out; what follows is the writing."""
    total = (files + STAGES_AFTER) * A_STAGE
    progress(total, total, "Ferdig lest")


@contextmanager
def plan_out_of_the_way() -> Iterator[None]:
    """Let garbage collection pass over what exists: a big plan costs it a fourth of an apply."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
