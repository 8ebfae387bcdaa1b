"""Addresses of the groups somebody leads."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from academy.portal import groups_attendance as attendance, groups_views as views, tables_views as tables


class Answer(StringConverter):
    regex = "bevestigen|afwijzen"


register_converter(Answer, "answer")
one = "mijn-groepen/<slug:public_id>/"
urlpatterns = [
    path("mijn-groepen/", views.groups, name="groups"),
    path(
        "mijn-groepen/correctie/<slug:public_id>/<answer:answer>/",
        attendance.decide_correction,
        name="decide_correction",
    ),
    path("mijn-groepen/leertafel-plannen/", tables.plan_table, name="plan_table"),
    path(one, views.group, name="group"),
    path(f"{one}leertafel/", tables.change_table, name="change_table"),
    path(f"{one}aanvraag/<slug:seat_id>/<answer:answer>/", tables.decide_request, name="decide_request"),
    path(f"{one}aanwezigheid/<slug:session_id>/", attendance.attendance_sheet, name="attendance_sheet"),
    path(f"{one}tekenlijst/<slug:session_id>/", views.signature_sheet, name="signature_sheet"),
    path(f"{one}draaiboek/<slug:session_id>/", tables.table_script, name="table_script"),
    path(f"{one}zonder-inschrijving/<slug:session_id>/", views.walk_in, name="walk_in"),
    path(f"{one}correctie/<slug:session_id>/<slug:person_id>/", attendance.ask_correction, name="ask_correction"),
    path(f"{one}inschrijven/", views.enrol, name="enrol_somebody"),
    path(f"{one}extra-poging/<slug:seat_id>/", views.one_more_attempt, name="give_attempt"),
    path(f"{one}invaller/", views.stand_in, name="name_stand_in"),
    path(f"{one}begeleiding/<int:number>/einde/", views.end_lead, name="end_lead"),
    path(f"{one}afsluiten/", views.close_group, name="close_group"),
    path(f"{one}afsluiten/<slug:session_id>/", views.close_group_session, name="close_group_session"),
]
