"""The log of acts and the log of readings. Plain ids only: it knows no other context."""

import uuid

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One act: who did what to whom, when and why. Written in the transaction of the act.

    ``changes`` maps a field to ``[before, after]``. Identity numbers never appear in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)  # None: the operator at the command line, or the worker
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["municipality_id", "at"], name="audit_municipality_at"),
            models.Index(fields=["subject_id", "at"], name="audit_subject_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_id}"


class ReadEvent(models.Model):
    """One opening of a participant: who saw whom, when, and on which page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    page = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="read_subject_at"),
            models.Index(fields=["municipality_id", "at"], name="read_municipality_at"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} read {self.subject_id}"
