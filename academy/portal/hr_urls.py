"""Addresses of HR and of teams."""

from django.urls import path

from academy.portal import hr_views as hr, hr_withdrawals, team_views as team

urlpatterns = [
    path("hr/", hr.overview, name="hr_overview"),
    path("hr/registraties/", hr.registrations, name="hr_registrations"),
    path("hr/registraties/bestand/", hr.registrations_download, name="hr_registrations_download"),
    path("hr/uren/", hr.hours, name="hr_hours"),
    path("hr/uren/bestand/", hr.hours_download, name="hr_hours_download"),
    path("hr/uren/regels/", hr.hour_rows, name="hr_hour_rows"),
    path("hr/uren/regels/bestand/", hr.hour_rows_download, name="hr_hour_rows_download"),
    path("hr/intrekken/", hr_withdrawals.withdrawals, name="hr_withdrawals"),
    path("hr/instemming/", hr.consent, name="hr_consent"),
    path("hr/instemming/intrekken/", hr.withdraw_consent, name="hr_consent_withdraw"),
    path("team/", team.overview, name="team_overview"),
    path("team/<slug:public_id>/", team.person, name="team_person"),
    path("account/zichtbaar/", team.own_view, name="own_view"),
]
