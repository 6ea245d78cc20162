"""The questions of an evaluation in the participants' languages (``prompts.yml``)."""

from collections.abc import Mapping
from pathlib import Path

from innpass.domain.yaml_text import read_yaml

PROMPTS: Mapping[str, Mapping[str, str]] = read_yaml(
    Path(__file__).with_name("prompts.yml").read_text("utf-8")
)
