"""Users. What a user may do follows from memberships (organisations), never from this table."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Someone who signs in.

    Attributes:
        phone: at work, as it is shown to the employers whose contact person the user is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = models.CharField("fullt navn", max_length=200, blank=True)
    phone = models.CharField("arbeidstelefon", max_length=30, blank=True)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """Return the name as shown on screens."""
        return str(self)
