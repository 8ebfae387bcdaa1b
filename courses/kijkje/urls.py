"""Addresses of Kijkje in de Keuken."""

from django.urls import path

from courses.kijkje import views

one = "kijkje-in-de-keuken/<slug:slug>/"
urlpatterns = [
    path("kijkje-in-de-keuken/", views.kijkjes, name="kijkjes"),
    path("kijkje-in-de-keuken/uitnodiging/<str:token>/", views.invitation, name="kijkje_invitation"),
    path(
        "kijkje-in-de-keuken/uitnodiging/<str:token>/dat-ben-ik/",
        views.invitation_accept,
        name="kijkje_invitation_accept",
    ),
    path(f"{one}voorbereiden/", views.begin, name="kijkje_begin"),
    path(f"{one}verklaring/", views.statement, name="kijkje_statement"),
    path("bezoek/<str:public_id>/", views.visit, name="visit"),
    path("bezoek/<str:public_id>/terugblik/", views.debrief, name="visit_debrief"),
]
