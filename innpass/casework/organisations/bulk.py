"""Work on thousands of people at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for unused cycles while many objects are made that stay in use.

    The search would go through all of them again and again and find none: a fifth of the time it
    takes to judge 10 000 people. What is no part of a cycle is freed as always. For the whole
    process, so for work that ends soon.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
