"""Addresses of persons, roles and organisations, and of one's own data."""

from django.urls import path

from academy.portal import admin_organisation_views as organisations, admin_views as people
from academy.portal.admin_home import manage_home

urlpatterns = [
    path("account/gegevens/", people.edit_profile, name="profile"),
    path("account/inzage/", people.own_access_log, name="own_access_log"),
    path("beheer/", manage_home, name="manage_home"),
    path("beheer/personen/", people.manage_people, name="manage_people"),
    path("beheer/personen/nieuw/", people.add_person, name="add_person"),
    path("beheer/personen/<slug:public_id>/", people.manage_person, name="manage_person"),
    path("beheer/personen/<slug:public_id>/plek/", people.add_place, name="add_place"),
    path("beheer/personen/<slug:public_id>/plek/<int:number>/einde/", people.end_place, name="end_place"),
    path(
        "beheer/personen/<slug:public_id>/plek/<int:number>/leidinggevende/",
        people.change_manager,
        name="change_manager",
    ),
    path("beheer/personen/<slug:public_id>/rol/", people.assign_role, name="assign_role"),
    path("beheer/personen/<slug:public_id>/uit-dienst/", people.report_leaver, name="report_leaver"),
    path("beheer/rollen/<slug:public_id>/einde/", people.end_role, name="end_role"),
    path("beheer/gemeenten/herindeling/", organisations.merge_municipality, name="merge_municipality"),
    path("beheer/organisaties/", organisations.manage_organisations, name="manage_organisations"),
    path("beheer/organisaties/nieuw/", organisations.create_organisation, name="create_organisation"),
    path("beheer/organisaties/<slug:public_id>/", organisations.manage_organisation, name="manage_organisation"),
    path("beheer/organisaties/<slug:public_id>/wijzigen/", organisations.edit_organisation, name="edit_organisation"),
    path("beheer/organisaties/<slug:public_id>/einde/", organisations.end_organisation, name="end_organisation"),
    path(
        "beheer/organisaties/<slug:public_id>/samenvoegen/", organisations.merge_organisation, name="merge_organisation"
    ),
    path("beheer/organisaties/<slug:public_id>/maildomein/", organisations.add_mail_domain, name="add_mail_domain"),
    path("beheer/organisaties/<slug:public_id>/team/", organisations.create_team, name="create_team"),
    path("beheer/teams/<slug:public_id>/wijzigen/", organisations.edit_team, name="edit_team"),
    path("beheer/teams/<slug:public_id>/einde/", organisations.end_team, name="end_team"),
    path("beheer/teams/<slug:public_id>/samenvoegen/", organisations.merge_team, name="merge_team"),
]
