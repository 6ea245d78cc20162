"""The map of the casework's tests, seen on screen."""

from tests.casework.employers.conftest import staffed, the_map

__all__ = ["staffed", "the_map"]
