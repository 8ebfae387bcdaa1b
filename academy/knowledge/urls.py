"""Addresses of the knowledge base that are not pages, and a short way to its articles."""

from django.urls import path

from academy.knowledge import views

urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("kennisbank/begrippen/", views.terms, name="terms"),
    path("kennisbank/<slug:slug>/", views.article, name="article"),
]
