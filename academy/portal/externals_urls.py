"""Addresses of externals: where they work, who confirms that, invitations, and one's own data."""

from django.urls import path

from academy.portal import approvals_views as approvals, own_data_views as own_data, workplace_views as workplace

urlpatterns = [
    path("account/gegevens/meenemen/", own_data.take_along, name="take_along"),
    path("account/gegevens/wissen/", own_data.erase, name="erase_account"),
    path("account/werkplek/", workplace.workplace, name="workplace"),
    path("account/werkplek/later/", workplace.pass_workplace, name="pass_workplace"),
    path("account/werkplek/<int:number>/einde/", workplace.leave_workplace, name="leave_workplace"),
    path("uitnodiging/", workplace.invitation, name="invitation"),
    path("uitnodiging/<str:secret>/", workplace.invitation_open, name="invitation_open"),
    path("beheer/bevestigen/", approvals.manage_approvals, name="manage_approvals"),
    path("beheer/bevestigen/opnieuw/", approvals.renew_places, name="renew_places"),
    path("beheer/bevestigen/<int:number>/", approvals.approve_place, name="approve_place"),
    path("beheer/bevestigen/<int:number>/niet/", approvals.decline_place, name="decline_place"),
    path("beheer/aanvragen/<slug:public_id>/", approvals.answer_request, name="answer_request"),
    path("beheer/aanvragen/<slug:public_id>/niet/", approvals.decline_request, name="decline_request"),
    path("beheer/uitnodigen/", approvals.invite_person, name="invite_person"),
    path("beheer/uitnodigen/<slug:public_id>/intrekken/", approvals.withdraw_invitation, name="withdraw_invitation"),
]
