"""Addresses of leerroutes."""

from django.urls import path

from courses.paths import views

urlpatterns = [
    path("leerroutes/", views.paths, name="paths"),
    path("leerroutes/<slug:slug>/", views.path, name="path"),
]
