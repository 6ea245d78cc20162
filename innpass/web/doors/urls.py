"""Addresses: the employer's page without an account, and what the staff do with it.

That of a link is secret: no log may hold it (config.hushing).
"""

from django.urls import path, register_converter

from innpass.domain.placing.expectations import expectations
from innpass.web.doors import papers, staff, views


class Translation:
    """A language that the document of expectations stands in."""

    regex = "|".join(expectations())

    def to_python(self, value: str) -> str:
        """Return the code as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code as it is."""
        return value


register_converter(Translation, "translation")

app_name = "doors"
urlpatterns = [
    path("inn/<slug:secret>/", views.invitation, name="invitation"),
    path("<uuid:pk>/", views.employer, name="employer"),
    path("<uuid:pk>/oppmote/", views.confirm, name="confirm"),
    path("<uuid:pk>/si/", views.speak, name="speak"),
    path("<uuid:pk>/pakke/", views.pack, name="pack"),
    path("<uuid:pk>/lukk/", views.leave, name="leave"),
    path("praksis/<uuid:pk>/", staff.case, name="case"),
    path("praksis/<uuid:pk>/lenke/", staff.make, name="make"),
    path("praksis/<uuid:pk>/lenke/<uuid:door>/trekk/", staff.withdraw, name="withdraw"),
    path("praksis/<uuid:pk>/lenke/<uuid:door>/kode/", staff.code, name="code"),
    path("praksis/<uuid:pk>/papirer/", papers.papers, name="papers"),
    path("praksis/<uuid:pk>/papirer/pakke/", papers.pack, name="pack_pdf"),
    path("praksis/<uuid:pk>/papirer/pakke/gitt/", papers.give, name="give_pack"),
    path("forventninger/<translation:code>/", papers.expectations, name="expectations"),
]
