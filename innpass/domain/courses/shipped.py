"""The models that Innpass ships: our reading of the annex of the municipality's guide."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from innpass.domain.courses.model import CourseModel
from innpass.domain.courses.reading import read_model
from innpass.domain.yaml_text import read_yaml


@cache
def shipped_models() -> Mapping[str, CourseModel]:
    """Give every model that ships, by id, the oldest intake first.

    Raises:
        BadModel: a file has faults.
    """
    folder = files("innpass.domain.courses").joinpath("models")
    models = [
        read_model(read_yaml(entry.read_text("utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yml")
    ]
    return MappingProxyType({model.id: model for model in models})
