"""The map of employers: what is known of units and firms beside what the sheets tell.

Days are inclusive; days of the week are numbers with Monday 0; times of day are minutes after
midnight, the end not included. ``placements.Employer`` is named by the sheets or made by hand and
is never deleted; what stands here is of our own and survives every import.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.placements.models import Employer


class ContactRole(models.TextChoices):
    """What somebody at the employer is for us; one person may be several of them."""

    LEADER = "leader", "leder"
    SIGNER = "signer", "signerer avtalen"
    MENTOR = "mentor", "fadder i det daglige"


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(first_day__isnull=True)
        | Q(last_day__isnull=True)
        | Q(last_day__gte=F("first_day")),
        name=name,
    )


def _one_open(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["employer"], condition=Q(last_day__isnull=True), name=name
    )


# How the municipality is organised.


class ServiceArea(MunicipalityModel):
    """A part of the municipality's services (tjenesteområde), as long as it is organised so.

    ``employees`` is how many work there; places are counted for every thousand of them. Where it is
    empty, those of its units are added up.
    """

    name = models.CharField("tjenesteområde", max_length=120)
    employees = models.PositiveIntegerField("ansatte", null=True)
    first_day = models.DateField("fra", null=True)
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "tjenesteområde"
        verbose_name_plural = "tjenesteområder"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="service_area_name_once"),
            _ends_after_start("service_area_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Belonging(MunicipalityModel):
    """To which service area a unit belongs from a day on; a reorganisation is a new row.

    Before the first of them, and where there is none, the area that the sheets state holds
    (``Employer.area``).
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="belongings")
    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="belongings")
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "tilhørighet"
        verbose_name_plural = "tilhørigheter"
        constraints = [
            _one_open("belonging_one_open"),
            _ends_after_start("belonging_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MapRules(MunicipalityModel):
    """What the map goes by from a day on; the latest begun holds.

    ``confirm_days``: an offer that nobody confirmed for so many days is grey and is asked about.
    """

    first_day = models.DateField("fra")
    confirm_days = models.PositiveSmallIntegerField("dager før det spørres igjen", default=90)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "regler for kartet"
        verbose_name_plural = "regler for kartet"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "first_day"], name="map_rules_once_a_day"
            ),
            models.CheckConstraint(condition=Q(confirm_days__gte=1), name="map_rules_days"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


# What is known of an employer.


class EmployerCard(MunicipalityModel):
    """What the municipality has noted of a unit or firm; made when somebody first notes anything.

    Attributes:
        organisation_number: nine digits; empty where nobody said.
        employees: how many work there.
        most_at_once: how many participants it takes at one time, to keep it from overload; empty
            for no cap.
        closed_on: the first day on which it takes nobody any more.
        same_as: the employer that this is another spelling of; what is asked of the one is answered
            with both.
    """

    employer = models.OneToOneField(Employer, on_delete=models.PROTECT, related_name="card")
    organisation_number = models.CharField("organisasjonsnummer", max_length=9, blank=True)
    employees = models.PositiveIntegerField("ansatte", null=True)
    most_at_once = models.PositiveSmallIntegerField("høyst samtidig", null=True)
    closed_on = models.DateField("tar ikke imot fra", null=True)
    same_as = models.ForeignKey(
        Employer, null=True, on_delete=models.PROTECT, related_name="other_names"
    )

    class Meta:
        verbose_name = "arbeidsgiverkort"
        verbose_name_plural = "arbeidsgiverkort"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "organisation_number"],
                condition=~Q(organisation_number=""),
                name="organisation_number_once",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("employer")),
                name="employer_is_not_its_own_alias",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContactPerson(MunicipalityModel):
    """Somebody at the employer, in one role, from a day on."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contact_people")
    role = models.CharField("rolle", max_length=10, choices=ContactRole.choices)
    name = models.CharField("navn", max_length=120)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-post", blank=True)
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        constraints = [_ends_after_start("contact_person_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class MunicipalContact(MunicipalityModel):
    """The one whom an employer turns to in the municipality, from a day on; one at a time."""

    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="municipal_contacts"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "kommunens kontakt"
        verbose_name_plural = "kommunens kontakter"
        constraints = [
            _one_open("municipal_contact_one_open"),
            _ends_after_start("municipal_contact_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


# What it offers.


class Occupation(models.Model):
    """An occupation of STYRK-08 as loaded from the statistics office; the same for everybody."""

    code = models.CharField("kode", max_length=7, primary_key=True)
    title = models.CharField("yrke", max_length=200)

    class Meta:
        verbose_name = "yrke"
        verbose_name_plural = "yrker"

    def __str__(self) -> str:
        return self.title


class PracticePlace(MunicipalityModel):
    """A standing offer at an employer (praksisplass): so many may do these tasks there.

    Attributes:
        occupation: STYRK-08 code of what one does there; empty where nobody said.
        seats: how many may be there on one day.
        weekdays: on which it takes participants; start and end say when.
        days_a_week: how many days a week somebody is wanted there, at least; empty for any number.
        language_at_start: CEFR level of Norwegian needed to begin; empty where none is.
        can_learn: what one can learn there, in words.
        demands: what somebody must bring, of ``domain.placing.demands.Demand``.
        accessibility: stairs, lift, heavy lifting … in words.
        offered_until: the last day on which the offer stands; empty is open.
        confirmed_on: when the employer last said that the offer stands.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="places")
    name = models.CharField("praksisplass", max_length=120)
    tasks = models.TextField("arbeidsoppgaver", blank=True)
    occupation = models.CharField("yrke", max_length=7, blank=True)
    seats = models.PositiveSmallIntegerField("plasser", default=1)
    weekdays = models.JSONField("dager", default=list)
    start = models.PositiveSmallIntegerField("fra", default=8 * 60)
    end = models.PositiveSmallIntegerField("til", default=15 * 60 + 30)
    days_a_week = models.PositiveSmallIntegerField("dager i uka", null=True)
    language_at_start = models.CharField("norsk ved start", max_length=6, blank=True)
    can_learn = models.TextField("kan læres der", blank=True)
    demands = models.JSONField("krav", default=list)
    accessibility = models.TextField("tilgjengelighet", blank=True)
    offered_from = models.DateField("tilbudt fra")
    offered_until = models.DateField("tilbudt til", null=True)
    confirmed_on = models.DateField("bekreftet", null=True)

    class Meta:
        verbose_name = "praksisplass"
        verbose_name_plural = "praksisplasser"
        constraints = [
            models.CheckConstraint(
                condition=Q(offered_until__isnull=True) | Q(offered_until__gte=F("offered_from")),
                name="practice_place_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) & Q(end__lte=24 * 60), name="practice_place_hours"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="practice_place_seats"),
        ]

    def __str__(self) -> str:
        return self.name
