"""Addresses that are open to everybody; those of the partnership manager stand in the portal."""

from django.urls import path

from academy.partners import views

urlpatterns = [
    path("advies/", views.advice, name="advice"),
    path("voorlichting-aanvragen/", views.request_information, name="request_information"),
    path("voorlichting-aanvragen/verstuurd/", views.information_requested, name="information_requested"),
]
