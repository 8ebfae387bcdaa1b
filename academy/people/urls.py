"""The pages of an account that are ours; django-allauth has the rest of ``/account/``."""

from django.urls import path

from academy.people.views import door, passkeys, resets, sessions, tokens

urlpatterns = [
    path("", door.security, name="account_security"),
    path("tweede-stap/", door.second_factor_needed, name="second_factor_needed"),
    # In the place of allauth's own list, which can only end all of them.
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/beeindigen/", sessions.sessions_end, name="sessions_end"),
    path("sessions/<int:number>/beeindigen/", sessions.session_end, name="session_end"),
    # In the place of allauth's own page, which would take the last second step of somebody who needs one.
    path("2fa/webauthn/keys/<int:pk>/remove/", passkeys.RemovePasskeyView.as_view(), name="passkey_remove"),
    path("sleutels/", tokens.token_list, name="token_list"),
    path("sleutels/nieuw/", tokens.token_create, name="token_create"),
    path("sleutels/<slug:public_id>/intrekken/", tokens.token_revoke, name="token_revoke"),
    path("herstel/", resets.reset_list, name="second_factor_reset_list"),
    path("herstel/<slug:public_id>/vragen/", resets.reset_ask, name="second_factor_reset_ask"),
    path("herstel/<slug:public_id>/bevestigen/", resets.reset_confirm, name="second_factor_reset_confirm"),
]
