"""Addresses of the forms."""

from django.urls import path, register_converter

from innpass.web.entering import details, people, plan_form, plans, views
from innpass.web.entering.forms import DETAILS, PARTS


class PartSlug:
    """The slug of a part of a person."""

    regex = "|".join(PARTS)

    def to_python(self, value: str) -> str:
        """Return the slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug as it is."""
        return value


class DetailSlug(PartSlug):
    """The slug of a kind of period or test."""

    regex = "|".join(DETAILS)


register_converter(PartSlug, "part")
register_converter(DetailSlug, "detail")

app_name = "entering"
urlpatterns = [
    path("ny/", people.new_person, name="new_person"),
    path("ny/ligner/", people.alike, name="alike"),
    path("kladd/", views.keep_draft, name="keep_draft"),
    path("angre/<uuid:act>/", views.undo, name="undo"),
    path("<uuid:pk>/endre/<part:slug>/", people.part, name="part"),
    path("<uuid:pk>/plan/", plans.plan, name="plan"),
    path("<uuid:pk>/plan/pdf/", plans.pdf, name="plan_pdf"),
    path("<uuid:pk>/plan/ny/", plans.start, name="plan_start"),
    path("<uuid:pk>/plan/kladd/", plan_form.plan_form, name="plan_form"),
    path("<uuid:pk>/plan/avtal/", plans.agree, name="plan_agree"),
    path("<uuid:pk>/plan/forkast/", plans.discard, name="plan_discard"),
    path("<uuid:pk>/<detail:slug>/", details.details, name="details"),
    path("<uuid:pk>/<detail:slug>/ny/", details.add, name="add"),
    path("<uuid:pk>/<detail:slug>/<uuid:row>/", details.detail, name="detail"),
    path("<uuid:pk>/<detail:slug>/<uuid:row>/<int:group>/", details.detail, name="detail"),
]
