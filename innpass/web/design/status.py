"""How each status code is shown: words, icon and colour, so that none rests on colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Status:
    """The look of one code. ``colour`` is a ``data-color`` of Designsystemet."""

    label: str | Promise
    icon: str
    colour: str


STATUSES: dict[str, Status] = {
    # The verdict of the law on one week
    "met": Status(_("Oppfylt"), "CheckmarkCircleFill", "success"),
    "below": Status(_("Under kravet"), "ExclamationmarkTriangleFill", "danger"),
    "not_yet": Status(_("Gjelder ikke ennå"), "Hourglass", "neutral"),
    "excluded": Status(_("Permisjon"), "Leave", "brand2"),
    "no_requirement": Status(_("Ingen krav"), "MinusCircle", "neutral"),
    "unknown": Status(_("Mangler opplysninger"), "QuestionmarkCircle", "brand1"),
    # The steps of the guide
    "done": Status(_("Ferdig"), "CheckmarkCircleFill", "success"),
    "now": Status(_("Pågår"), "Clock", "accent"),
    "later": Status(_("Senere"), "Hourglass", "neutral"),
    "skipped": Status(_("Ikke registrert"), "MinusCircle", "neutral"),
    # An import
    "waiting": Status(_("Venter"), "Hourglass", "neutral"),
    "reading": Status(_("Leses"), "Clock", "accent"),
    "ready": Status(_("Klar til å tas i bruk"), "EyeWithPupil", "brand1"),
    "applying": Status(_("Tas i bruk"), "Clock", "accent"),
    "applied": Status(_("Tatt i bruk"), "CheckmarkCircleFill", "success"),
    "undoing": Status(_("Angres"), "Clock", "accent"),
    "undone": Status(_("Angret"), "MinusCircle", "neutral"),
    "cancelled": Status(_("Forkastet"), "MinusCircle", "neutral"),
    "failed": Status(_("Stoppet"), "XMarkOctagon", "danger"),
    # One file of an import
    "read": Status(_("Lest"), "CheckmarkCircleFill", "success"),
    "not_read": Status(_("Ikke lest"), "XMarkOctagon", "danger"),
    "seen_before": Status(_("Lest før, ingen endring"), "MinusCircle", "neutral"),
    "came_back": Status(_("Eksportert ark"), "FileExcel", "accent"),
    # A Norwegian test
    "reached": Status(_("Mål nådd"), "CheckmarkCircleFill", "success"),
    "not_reached": Status(_("Mål ikke nådd"), "MinusCircle", "neutral"),
}

STEP_NAMES = (
    _("Kartlegging og plan"),
    _("CV"),
    _("Arbeidslivskurs"),
    _("Forberedelse"),
    _("Matching"),
    _("Oppstart og oppfølging"),
    _("Aktiv jobbsøker"),
    _("Avslutning og overføring til Nav"),
)
