"""Addresses of what is brought in. They hold random names and nothing of a text."""

from django.urls import path

from leertafels.cases.views import breaches, bringing, reading

urlpatterns = [
    path("inbreng/voor/<str:public_id>/", bringing.bring_in, name="case_bring_in"),
    path("inbreng/<str:public_id>/", reading.case, name="case"),
    path("inbreng/<str:public_id>/aanpassen/", bringing.change, name="case_change"),
    path("inbreng/<str:public_id>/terugtrekken/", bringing.withdraw, name="case_withdraw"),
    path("inbreng/<str:public_id>/opnieuw/", bringing.again, name="case_again"),
    path("inbreng/<str:public_id>/vernietigen/", bringing.destroy, name="case_destroy"),
    path("inbreng/<str:public_id>/ken-ik/", reading.conflict, name="case_conflict"),
    path("inbreng/<str:public_id>/herleidbaar/", reading.report, name="case_report"),
    path("inbreng/<str:public_id>/geopend/", reading.openings, name="case_openings"),
    path("privacy-meldingen/", breaches.breaches, name="breaches"),
    path("privacy-meldingen/<str:public_id>/", breaches.breach, name="breach"),
]
