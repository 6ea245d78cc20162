"""Times and queries: medians and percentiles, wall beside processor time."""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


def _cpu() -> float:
    """Processor time of this process and of the children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@dataclass
class Times:
    """Seconds of several runs of the same work; the database's own processes are not in ``cpu``."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time what is in the block."""
        wall, cpu = time.perf_counter(), _cpu()
        yield
        self.cpu.append(_cpu() - cpu)
        self.wall.append(time.perf_counter() - wall)

    @property
    def median(self) -> float:
        """The median wall time."""
        return statistics.median(self.wall)


def timed(work: Callable[[], Any], *, repeats: int) -> Times:
    """Run something several times."""
    times = Times()
    for _ in range(repeats):
        gc.collect()
        with times.one():
            work()
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Gather the statements sent to the database in the block."""
    from django.db import connection

    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def line(what: str, times: Times, *more: str) -> None:
    """Print one measurement in seconds."""
    cpu = statistics.median(times.cpu)
    rest = "".join(f"  {text}" for text in more)
    print(f"  {what:34} {times.median:8.3f} s wall  {cpu:8.3f} s cpu{rest}", flush=True)
