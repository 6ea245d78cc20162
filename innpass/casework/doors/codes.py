"""What is chosen from a list around an employer's way in, with its words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Holder(TextChoices):
    """For whom at the employer a way in was made."""

    LEADER = "leader", _("Leder")
    SIGNER = "signer", _("Den som signerer")
    MENTOR = "mentor", _("Fadder")


class ClosedWhy(TextChoices):
    """Why a way in was closed before the placement ended."""

    WITHDRAWN = "withdrawn", _("Trukket tilbake")
    WRONG_CODES = "wrong_codes", _("Stengt etter fem feil koder")
    PROTECTED = "protected", _("Stengt fordi adressen ble beskyttet")


class Came(TextChoices):
    """What an employer says of a day."""

    ALL = "all", _("Kom")
    PART = "part", _("Kom delvis")
    NONE = "none", _("Kom ikke")


class PackWay(TextChoices):
    """How an employer got the pack."""

    MEETING = "meeting", _("På papir i møtet")
    MAIL = "mail", _("På e-post")
    DOOR = "door", _("På arbeidsgiverens side")
