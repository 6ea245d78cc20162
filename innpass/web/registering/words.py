"""How events and what is missing are written."""

from django.utils.translation import gettext_lazy as _

from innpass.domain.law.events import Registered
from innpass.domain.law.registering import BeforeExit

KINDS = {
    Registered.OFFER: _("Tilbud om program"),
    Registered.DECISION: _("Vedtak om program"),
    Registered.START: _("Programstart"),
    Registered.MAPPING: _("Kompetansekartlegging"),
    Registered.CAREER_GUIDANCE: _("Karriereveiledning"),
    Registered.NORWEGIAN_DECISION: _("Vedtak om norskopplæring"),
    Registered.NORWEGIAN_OFFER: _("Tilbud om norskopplæring"),
    Registered.LEAVE: _("Permisjon"),
    Registered.ABSENCE: _("Fravær"),
    Registered.EXTENSION: _("Vedtak om utvidelse"),
    Registered.STOP: _("Vedtak om stans eller pause"),
    Registered.END: _("Avslutning"),
}
MISSING = {
    BeforeExit.END_GOAL: _("sluttmål"),
    BeforeExit.END_REASON: _("sluttårsak"),
    BeforeExit.MAPPING: _("kompetansekartlegging"),
    BeforeExit.CAREER_GUIDANCE: _("karriereveiledning"),
    BeforeExit.ELEMENTS: _("innholdet i programmet"),
    BeforeExit.ELEMENT_HOURS: _("timer for hvert element"),
    BeforeExit.HEALTH_HOURS: _("timer livsmestring, helse"),
    BeforeExit.CAREER_HOURS: _("timer livsmestring, karriere"),
    BeforeExit.PARENTAL_GUIDANCE: _("foreldreveiledning"),
    BeforeExit.SOCIAL_STUDIES_HOURS: _("timer samfunnskunnskap"),
    BeforeExit.CERTIFICATE: _("deltakerbevis"),
}
