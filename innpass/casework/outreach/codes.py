"""What can be answered, chosen and noted, each with its Norwegian label."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What an employer answers when asked for places; empty is no answer yet."""

    YES = "yes", _("ja")
    LATER = "later", _("kanskje senere")
    NO = "no", _("nei")


class NoReason(models.TextChoices):
    """Why an employer has no place."""

    NO_CAPACITY = "no_capacity", _("har ikke kapasitet til å følge opp")
    NO_TASKS = "no_tasks", _("har ikke oppgaver som passer")
    LANGUAGE = "language", _("trenger bedre norsk enn deltakerne har")
    DEMANDS = "demands", _("har krav som er vanskelige å oppfylle")
    ENOUGH = "enough", _("har nok i praksis nå")
    REORGANISING = "reorganising", _("er midt i omorganisering eller flytting")
    EARLIER = "earlier", _("har dårlig erfaring fra før")
    OTHER = "other", _("noe annet")


class Channel(models.TextChoices):
    """How something was sent or answered."""

    EMAIL = "email", _("e-post")
    PHONE = "phone", _("telefon")
    MEETING = "meeting", _("møte eller besøk")
    INTRANET = "intranet", _("intranett")
    LETTER = "letter", _("brev")


class MeetingKind(models.TextChoices):
    """What sort of meeting with employers."""

    LUNCH = "lunch", _("lunsj med kommunale enheter")
    BREAKFAST = "breakfast", _("frokost med private bedrifter")
    OTHER = "other", _("annet møte")


class Coming(models.TextChoices):
    """What an employer answers to an invitation; empty is no answer yet."""

    YES = "yes", _("kommer")
    NO = "no", _("kommer ikke")


class Usefulness(models.TextChoices):
    """What an employer thought of a meeting or of working together."""

    VERY = "very", _("svært nyttig")
    SOMEWHAT = "somewhat", _("ganske nyttig")
    LITTLE = "little", _("lite nyttig")


class Wish(models.TextChoices):
    """What an employer wants to come of a meeting."""

    PLACE = "place", _("vil tilby plass")
    VISIT = "visit", _("vil ha besøk")
    KNOW_MORE = "know_more", _("vil vite mer")
    NOTHING = "nothing", _("ikke noe nå")


class DialogueKind(models.TextChoices):
    """How somebody and an employer were in touch."""

    CALL = "call", _("telefon")
    EMAIL = "email", _("e-post")
    VISIT = "visit", _("besøk")
    MEETING = "meeting", _("møte")
