"""A value everybody knows, sealed: it shows whether the key file belongs to this database."""

import uuid

from django.db import models

from innpass.casework.sealing.fields import SealedTextField


class KeyCanary(models.Model):
    """The one row by which a wrong key file is noticed at start. Belongs to no municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = SealedTextField()
    token = models.CharField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)
