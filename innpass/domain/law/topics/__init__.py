"""The topics of the law and their texts in time, from the YAML files beside this module."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any, cast

from innpass.domain.yaml_text import read_yaml


def raw_topics() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each topic's block by name, in the order of the files and of their lines."""
    entries = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(".yml"):
            blocks = cast(
                dict[str, dict[str, Any]],
                read_yaml(entry.read_text("utf-8")),
            )
            yield from blocks.items()
