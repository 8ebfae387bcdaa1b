"""Addresses of the academy office."""

from django.urls import path

from academy.portal import office_accrediting as accrediting, office_planning as planning, office_views as views

one = "bureau/groepen/<slug:public_id>/"
seat = "bureau/plekken/<slug:public_id>/"
session = "bureau/sessies/<slug:public_id>/"
urlpatterns = [
    path("bureau/", views.office, name="office"),
    path("bureau/aanvragen/", views.office_requests, name="office_requests"),
    path("bureau/aanvragen/<slug:public_id>/<answer:answer>/", views.office_decide, name="office_decide"),
    path("bureau/correcties/", views.office_corrections, name="office_corrections"),
    path("bureau/groepen/", views.office_groups, name="office_groups"),
    path("bureau/groepen/nieuw/", planning.office_plan, name="office_plan"),
    path(f"{one}wijzigen/", planning.office_change, name="office_change"),
    path(f"{one}openen/", planning.office_open, name="office_open"),
    path(f"{one}annuleren/", planning.office_cancel, name="office_cancel"),
    path(f"{one}datum/", planning.office_add_session, name="office_add_session"),
    path(f"{one}begeleider/", views.office_assign_lead, name="office_assign_lead"),
    path(session, planning.office_change_session, name="office_change_session"),
    path(f"{session}vervalt/", planning.office_cancel_session, name="office_cancel_session"),
    path(f"{seat}verplaatsen/", views.office_move_seat, name="office_move_seat"),
    path(f"{seat}afmelden/", views.office_cancel_seat, name="office_cancel_seat"),
    path(f"{seat}bezwaar/", views.office_object, name="office_object"),
    path("bureau/accreditaties/", accrediting.office_accreditations, name="office_accreditations"),
    path("bureau/accreditaties/nieuw/", accrediting.office_accredit, name="office_accredit"),
    path("bureau/locaties/", planning.office_venues, name="office_venues"),
    path("bureau/locaties/nieuw/", planning.office_add_venue, name="office_add_venue"),
    path("bureau/locaties/<int:number>/", planning.office_change_venue, name="office_change_venue"),
]
