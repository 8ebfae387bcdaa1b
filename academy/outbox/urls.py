"""Addresses of the outbox."""

from django.conf import settings
from django.urls import path

from academy.outbox.views import failed, health, mailbox

demo_patterns = [
    path("demo/mail/", mailbox.mailbox, name="demo_mailbox"),
    path("demo/mail/<slug:public_id>/", mailbox.mail, name="demo_mail"),
    path("demo/mail/<slug:public_id>/opgemaakt/", mailbox.mail_html, name="demo_mail_html"),
    path("demo/mail/<slug:public_id>/bijlage/<int:number>/", mailbox.mail_attachment, name="demo_mail_attachment"),
]
urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("bureau/taken/", failed.failed_jobs, name="failed_jobs"),
    path("bureau/taken/<slug:public_id>/opnieuw/", failed.job_retry, name="job_retry"),
    path("bureau/taken/bericht/<slug:public_id>/opnieuw/", failed.message_retry, name="message_retry"),
]

if settings.OUTBOX_STORE_ONLY:
    # The mails of the demo, which never leave the computer. Elsewhere these addresses do not exist.
    urlpatterns += demo_patterns
