"""Addresses of certificates; those that are printed live forever."""

from django.urls import path

from certificates import views

urlpatterns = [
    path("certificaat/", views.verify, name="certificate_verify"),
    path("certificaat/<slug:code>/", views.certificate, name="certificate"),
    path("certificaat/<slug:code>/pdf/", views.pdf, name="certificate_pdf"),
    path("certificaat/<slug:code>/naam/", views.show_name, name="certificate_name"),
    path("certificaat/<slug:code>/intrekken/", views.withdrawal, name="certificate_withdraw"),
    path("certificaat/<slug:code>/intrekken/bevestigen/", views.approval, name="certificate_approve"),
]
