"""Addresses of Leertafels."""

from django.urls import path

from leertafels import views

urlpatterns = [
    path("leertafels/", views.tables_page, name="tables"),
    path("leertafel/<str:public_id>/", views.table_page, name="table"),
    path("leertafel/<str:public_id>/afspraken/", views.sign_page, name="table_sign"),
]
