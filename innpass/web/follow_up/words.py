"""The words of following up, by code."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from innpass.casework.follow_up.asking import EMPLOYER_QUESTIONS, YES_OR_NO
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import (
    Closed,
    ContractKind,
    Helper,
    JobSeeking,
    Lack,
    Reply,
)
from innpass.domain.following.visits import Standing, VisitKind
from innpass.domain.following.voices import Answer, GivenBy, Interpreter, Speaker, Theme
from innpass.domain.placing.schemes import SchemeKind
from innpass.domain.placing.states import State

Words = Mapping[Any, Any]

VISITS: Words = {
    VisitKind.EVALUATION: _("evalueringsbesøk"),
    VisitKind.LANGUAGE: _("språkbesøk"),
    VisitKind.COOPERATION: _("samarbeidsmøte"),
}
STANDINGS: Words = {
    Standing.LATE: _("Forsinket"),
    Standing.DUE: _("Nå"),
    Standing.BOOKED: _("Avtalt"),
    Standing.LATER: _("Senere"),
}
STANDING_COLOURS: Words = {
    Standing.LATE: "danger",
    Standing.DUE: "warning",
    Standing.BOOKED: "info",
    Standing.LATER: "neutral",
}
SPEAKERS: Words = {
    Speaker.PARTICIPANT: _("deltakeren"),
    Speaker.EMPLOYER: _("arbeidsgiveren"),
    Speaker.TEACHER: _("læreren"),
}
# What staff read; the participant's own questions stand in ``prompts.yml``.
THEMES: Mapping[Speaker, Words] = {
    Speaker.PARTICIPANT: {
        Theme.WELLBEING: _("Trivsel"),
        Theme.TASKS: _("Oppgavene"),
        Theme.LANGUAGE: _("Norsk på jobb"),
        Theme.SUPPORT: _("Hjelp på plassen"),
        Theme.JOB: _("Vil jobbe her"),
    },
    Speaker.EMPLOYER: EMPLOYER_QUESTIONS,
    Speaker.TEACHER: {Theme.LANGUAGE: _("Norsk på jobb")},
}
ANSWERS: Words = {
    Answer.WELL: _("Bra"),
    Answer.PARTLY: _("Delvis"),
    Answer.BADLY: _("Ikke bra"),
}
GIVEN_BY: Words = {
    GivenBy.ORALLY: _("Sagt muntlig, skrevet ned av meg"),
    GivenBy.OWN_HAND: _("Skrevet selv på skjermen"),
    GivenBy.OTHERWISE: _("På papir eller i melding"),
    GivenBy.DOOR: _("På arbeidsgiverens egen side"),
}
INTERPRETERS: Words = {
    Interpreter.NONE: _("Uten tolk"),
    Interpreter.WITH: _("Med tolk"),
    Interpreter.OWN_LANGUAGE: _("Vi snakket deltakerens språk"),
}
LACKS: Words = {
    Lack.NORWEGIAN: _("bedre norsk"),
    Lack.SKILL: _("ferdigheter i faget"),
    Lack.EXPERIENCE: _("mer erfaring"),
    Lack.CERTIFICATE: _("kurs, sertifikat eller førerkort"),
    Lack.POLICE_CERTIFICATE: _("politiattest"),
    Lack.RECOGNITION: _("godkjent utdanning"),
    Lack.VACANCY: _("ledig stilling"),
    Lack.SCHEME: _("ordning fra Nav"),
    Lack.HOURS: _("arbeidstid, barnepass eller reisevei"),
    Lack.OTHER: _("noe annet"),
}
HELPERS: Words = {
    Helper.PARTICIPANT: _("deltakeren"),
    Helper.EMPLOYER: _("arbeidsgiveren"),
    Helper.PRACTICE_SUPERVISOR: _("praksisveileder"),
    Helper.PROGRAMME_ADVISER: _("programrådgiver"),
    Helper.TEACHER: _("lærer"),
    Helper.NAV_ADVISER: _("Nav-veileder"),
}
CLOSED: Words = {
    Closed.DONE: _("på plass"),
    Closed.NOT_NEEDED: _("trengs ikke"),
    Closed.HIRED: _("ansatt"),
    Closed.GIVEN_UP: _("gitt opp"),
}
CONTRACTS: Words = {
    ContractKind.PERMANENT: _("fast"),
    ContractKind.TEMPORARY: _("midlertidig"),
    ContractKind.APPRENTICE: _("lærling"),
    ContractKind.SUBSTITUTE: _("vikar"),
}
JOB_SEEKING: Words = {
    JobSeeking.APPLICATION: _("søknad"),
    JobSeeking.FIRM_VISIT: _("bedriftsbesøk"),
    JobSeeking.INTERVIEW_TRAINING: _("intervjutrening"),
    JobSeeking.INTERVIEW: _("intervju"),
    JobSeeking.SELF_PRESENTATION: _("øvd på å presentere seg"),
}
REPLIES: Words = {
    Reply.WAITING: _("venter på svar"),
    Reply.INTERVIEW: _("intervju"),
    Reply.OFFER: _("tilbud om jobb"),
    Reply.NO: _("nei"),
}
WAYS: Words = {
    ContactWay.PHONE: _("telefon"),
    ContactWay.MESSAGE: _("melding"),
    ContactWay.MEETING: _("samtale"),
    ContactWay.WORKPLACE: _("på arbeidsplassen"),
}
TURNS: Words = {
    State.PROPOSED.value: _("presentere for arbeidsgiveren"),
    State.PRESENTED.value: _("svare på presentasjonen"),
    State.INTERVIEW_PREPARED.value: _("ta et første møte"),
    State.FIRST_MEETING_HELD.value: _("lage avtalen"),
    State.AGREED.value: _("sette i gang avtalen"),
}
SCHEMES: Words = {
    SchemeKind.WORK_TRAINING: _("arbeidstrening"),
    SchemeKind.WAGE_SUBSIDY: _("midlertidig lønnstilskudd"),
    SchemeKind.PERMANENT_WAGE_SUBSIDY: _("varig lønnstilskudd"),
    SchemeKind.MENTOR: _("mentor"),
    SchemeKind.INCLUSION_GRANT: _("inkluderingstilskudd"),
    SchemeKind.SUMMER_JOB: _("sommerjobb"),
}


def answers_to(speaker: Speaker, theme: Theme) -> Words:
    """Return the answers to a question: those of the employer are yes or no, as is work here."""
    is_yes_or_no = speaker is Speaker.EMPLOYER or theme is Theme.JOB
    return YES_OR_NO if is_yes_or_no else ANSWERS


def choices(words: Words, *, first: Any = "") -> list[tuple[str, Any]]:
    """Return a table of words as choices of a field, ``first`` for no choice where one is given."""
    found = [(each.value, label) for each, label in words.items()]
    return [("", first), *found] if first else found
