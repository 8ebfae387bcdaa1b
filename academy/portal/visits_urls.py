"""Addresses of planning visits and announcing newcomers; they stand before the addresses that take any word."""

from django.urls import path

from academy.portal import visits_views as views

urlpatterns = [
    path("mijn-groepen/bezoek-plannen/", views.plan_visit, name="plan_visit"),
    path("team/nieuwe-collega/", views.announce, name="announce"),
    path("team/nieuwe-collega/<slug:public_id>/intrekken/", views.withdraw, name="announcement_withdraw"),
]
