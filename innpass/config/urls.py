"""Every address. Paths are Norwegian, names English; each area keeps its own list."""

from allauth.account import views as account
from django.apps import apps
from django.urls import include, path

# The demo signs one in by a click; everywhere else its views are not even imported.
HOME = "innpass.demo.urls" if apps.is_installed("innpass.demo") else "innpass.web.home.urls"

urlpatterns = [
    path("logg-inn/", account.login, name="account_login"),
    path("logg-ut/", account.logout, name="account_logout"),
    path("passord/", account.password_change, name="account_change_password"),
    path("passord/nytt/", account.password_set, name="account_set_password"),
    path("bekreft/", account.reauthenticate, name="account_reauthenticate"),
    path("", include(HOME)),
    path("deltakere/", include("innpass.web.overview.urls")),
    path("deltakere/", include("innpass.web.participant.urls")),
    path("deltakere/", include("innpass.web.history.urls")),
    path("deltakere/", include("innpass.web.joining.urls")),
    path("deltakere/", include("innpass.web.entering.urls")),
    path("import/", include("innpass.web.imports.urls")),
    path("import/", include("innpass.web.undoing.urls")),
    path("kolonner/", include("innpass.web.mapping.urls")),
    path("regneark/", include("innpass.web.round_trip.urls")),
    path("sporsmal/", include("innpass.web.questions.urls")),
    path("uenigheter/", include("innpass.web.disagreements.urls")),
    path("numre/", include("innpass.web.crosswalk.urls")),
    path("frister/", include("innpass.web.deadlines.urls")),
    path("timeplan/", include("innpass.web.timetable.urls")),
    path("grupper/", include("innpass.web.teaching.urls")),
    path("tilsyn/", include("innpass.web.inspection.urls")),
    path("registrering/", include("innpass.web.registering.urls")),
    path("inntak/", include("innpass.web.intake.urls")),
    path("oppmote/", include("innpass.web.attendance.urls")),
    path("kalender/", include("innpass.web.calendars.urls")),
    path("arbeidsplasser/", include("innpass.web.employers.urls")),
    path("oppsok/", include("innpass.web.outreach.urls")),
    path("matching/", include("innpass.web.matching.urls")),
    path("praksis/", include("innpass.web.agreements.urls")),
    path("oppfolging/", include("innpass.web.follow_up.urls")),
    path("arbeidsgiver/", include("innpass.web.doors.urls")),
    path("resultater/", include("innpass.web.results.urls")),
    path("regelverk/", include("innpass.web.regulations.urls")),
    path("norskmodeller/", include("innpass.web.courses.urls")),
    path("administrasjon/", include("innpass.web.administration.urls")),
]
