"""Addresses of evaluations."""

from django.urls import path

from academy.evaluations.views.answering import evaluation
from academy.evaluations.views.results import evaluation_results, evaluations

urlpatterns = [
    path("evaluatie/<slug:public_id>/", evaluation, name="evaluation"),
    path("evaluaties/", evaluations, name="evaluations"),
    path("evaluaties/<slug:public_id>/", evaluation_results, name="evaluation_results"),
]
