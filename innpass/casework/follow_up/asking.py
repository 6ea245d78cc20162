"""What an employer is asked about how it goes: alike on its own page, at a visit, and when told."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from innpass.domain.following.voices import Answer, Theme

EMPLOYER_QUESTIONS: Mapping[Theme, Any] = {
    Theme.ATTENDANCE: _("Kommer deltakeren som avtalt?"),
    Theme.TASKS: _("Går det bra med oppgavene?"),
    Theme.LANGUAGE: _("Går det bra med norsken på jobben?"),
    Theme.COOPERATION: _("Går det bra med samarbeidet?"),
    Theme.JOB: _("Kan det bli en jobb hos dere?"),
}
YES_OR_NO: Mapping[Answer, Any] = {
    Answer.WELL: _("Ja"),
    Answer.PARTLY: _("Delvis"),
    Answer.BADLY: _("Nei"),
}
