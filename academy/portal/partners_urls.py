"""Addresses of the partnership manager and of the municipality contact."""

from django.urls import path

from academy.portal import municipality_views as municipality, partners_editing as editing, partners_views as views

asked = "partners/aanvragen/<slug:public_id>/"
one = "partners/<slug:code>/"
urlpatterns = [
    path("gemeente/", municipality.municipality, name="municipality"),
    path("partners/", views.partners, name="partners"),
    path("partners/deze-week/", views.partners_week, name="partners_week"),
    path("partners/cijfers/", views.partners_figures, name="partners_figures"),
    path("partners/meetellen/", views.partners_counting, name="partners_counting"),
    path("partners/organisaties/", views.partners_organisations, name="partners_organisations"),
    path("partners/aanvragen/", views.partner_requests, name="partner_requests"),
    path(asked, views.partner_request, name="partner_request"),
    path(f"{asked}inplannen/", editing.request_plan, name="request_plan"),
    path(f"{asked}gegeven/", editing.request_hold, name="request_hold"),
    path(f"{asked}afwijzen/", editing.request_decline, name="request_decline"),
    path("partners/contacten/<slug:public_id>/", editing.contact_change, name="contact_change"),
    path("partners/contacten/<slug:public_id>/verwijderen/", editing.contact_remove, name="contact_remove"),
    path("partners/afspraken/<slug:public_id>/einde/", editing.agreement_end, name="agreement_end"),
    path("partners/stappen/<slug:public_id>/gedaan/", editing.step_finish, name="step_finish"),
    path("partners/stappen/<slug:public_id>/verzetten/", editing.step_postpone, name="step_postpone"),
    path("partners/teams/<slug:public_id>/contact/", editing.team_contact, name="team_contact"),
    path("partners/teams/<slug:public_id>/contact/einde/", editing.team_contact_end, name="team_contact_end"),
    path(one, views.partner, name="partner"),
    path(f"{one}rapport/", views.partner_report, name="partner_report"),
    path(f"{one}contact/", editing.contact_add, name="contact_add"),
    path(f"{one}afspraak/", editing.agreement_add, name="agreement_add"),
    path(f"{one}contactmoment/", editing.outreach_add, name="outreach_add"),
]
