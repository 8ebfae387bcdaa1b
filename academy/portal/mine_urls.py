"""Addresses of one's own pages."""

from django.urls import path

from academy.portal import mine_activities, mine_registration_views as registration, mine_views as views

urlpatterns = [
    path("mijn/", views.overview, name="mine"),
    path("mijn/tempo/", views.pace, name="mine_pace"),
    path("mijn/agenda/", views.agenda, name="mine_agenda"),
    path("mijn/agenda/abonneren/", views.subscribe, name="mine_subscribe"),
    path("mijn/agenda.ics", views.feed, name="mine_feed"),
    path("mijn/plekken/", views.seats, name="mine_seats"),
    path("mijn/portfolio/", views.portfolio, name="mine_portfolio"),
    path("mijn/portfolio/eigen/", mine_activities.own_activity, name="own_activity"),
    path("mijn/portfolio/eigen/<slug:public_id>/weg/", mine_activities.remove_own_activity, name="remove_own_activity"),
    path("mijn/registratie/", registration.overview, name="mine_registration"),
    path("mijn/registratie/nieuw/", registration.enter, name="registration_enter"),
    path("mijn/registratie/punten/<slug:public_id>/", registration.entry, name="mine_entry"),
    path("mijn/registratie/<slug:public_id>/", registration.edit, name="registration_edit"),
    path("mijn/registratie/<slug:public_id>/indienen/", registration.submit, name="registration_submit"),
]
