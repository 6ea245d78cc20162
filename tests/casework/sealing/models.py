"""Models with every kind of sealed field, in a registry of their own: no other test sees them."""

import uuid
from typing import Any, ClassVar

from django.apps.registry import Apps
from django.db import models

from innpass.casework.sealing.fields import (
    SealedBinaryField,
    SealedJSONField,
    SealedTextField,
)

registry = Apps()


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=50, default="")
    number = SealedTextField(null=True)
    needs = SealedJSONField(null=True)
    file = SealedBinaryField(null=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        apps = registry
        app_label = "sealed_trial"

    def __str__(self) -> str:
        return self.name


class Renamed(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fnr = SealedTextField(bound_as="sealed_trial.person.number")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        apps = registry
        app_label = "sealed_trial"

    def __str__(self) -> str:
        return str(self.id)


MODELS = (Person, Renamed)
