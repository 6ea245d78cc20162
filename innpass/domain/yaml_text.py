"""Reading the YAML files that ship with the domain, by libyaml where it is there."""

from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # some ten times slower, which is felt at every start
    from yaml import SafeLoader  # type: ignore[assignment]


def read_yaml(text: str) -> Any:
    """Give what a text says: mappings, lists, and plain values.

    Example:
        >>> read_yaml("a: [1, 2026-01-01]")
        {'a': [1, datetime.date(2026, 1, 1)]}
    """
    return yaml.load(text, Loader=SafeLoader)
