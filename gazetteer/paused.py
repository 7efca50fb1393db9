"""Python's cycle collector held while very many objects are made, none of them in a cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Holds the collector, which would go through all objects again and again as they grow.

    Reading a million names takes seconds less, making 200,000 lists a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
