"""Addresses: the employer's page without an account, and what the staff do with it.

That of a link is secret: no log may hold it (config.hushing).
"""

from django.urls import path

from innpass.web.doors import staff, views

app_name = "doors"
urlpatterns = [
    path("inn/<slug:secret>/", views.invitation, name="invitation"),
    path("<uuid:pk>/", views.employer, name="employer"),
    path("<uuid:pk>/oppmote/", views.confirm, name="confirm"),
    path("<uuid:pk>/lukk/", views.leave, name="leave"),
    path("praksis/<uuid:pk>/", staff.case, name="case"),
    path("praksis/<uuid:pk>/lenke/", staff.make, name="make"),
    path("praksis/<uuid:pk>/lenke/<uuid:door>/trekk/", staff.withdraw, name="withdraw"),
    path("praksis/<uuid:pk>/lenke/<uuid:door>/kode/", staff.code, name="code"),
]
