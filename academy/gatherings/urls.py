"""Addresses of the catalogue, of runs and of one's own seats."""

from django.urls import path

from academy.gatherings import views

urlpatterns = [
    path("aanbod/", views.catalogue_page, name="catalogue"),
    path("aanbod/<slug:slug>/", views.offering_page, name="offering"),
    path("uitvoering/<str:public_id>/", views.run_page, name="run"),
    path("uitvoering/<str:public_id>/inschrijven/", views.seat_take, name="seat_take"),
    path("plek/<str:public_id>/afmelden/", views.seat_cancel, name="seat_cancel"),
    path("plek/<str:public_id>/ruilen/", views.seat_swap, name="seat_swap"),
    path("vrije-plek/<str:public_id>/aannemen/", views.offer_accept, name="offer_accept"),
    path("vrije-plek/<str:public_id>/afslaan/", views.offer_decline, name="offer_decline"),
    path("sessie/<str:public_id>/adres/", views.session_place, name="session_place"),
]
