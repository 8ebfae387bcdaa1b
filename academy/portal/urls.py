"""Addresses of the portal."""

from django.conf import settings
from django.urls import path

from academy.portal import views

demo_patterns = [
    path("demo/onderdelen/", views.ComponentsView.as_view(), name="demo_components"),
    path("demo/fout/<int:code>/", views.show_error, name="demo_error"),
]
# What the academy is made of, to look at; elsewhere these addresses do not exist.
urlpatterns = demo_patterns if settings.ACADEMY_ENV == "demo" else []
