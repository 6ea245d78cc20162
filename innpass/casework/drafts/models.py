"""Drafts: sealed, one for each user and form, gone when the form is saved."""

from django.conf import settings
from django.db import models

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.sealing.fields import SealedJSONField


class Draft(MunicipalityModel):
    """What a user has typed into a form, as it was typed.

    ``form`` tells which form and of whom (``program:<participant>``). ``content`` maps the names of
    the form's controls to what stands in them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=120)
    content = SealedJSONField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = "kladd"
        verbose_name_plural = "kladder"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "user", "form"], name="draft_once")
        ]
        indexes = [models.Index(fields=["municipality", "kept_at"], name="draft_kept")]

    def __str__(self) -> str:
        return str(self.pk)
