"""The addresses of the demo, in a test."""

from academy.outbox.urls import demo_patterns as mails
from academy.portal.urls import demo_patterns as examples
from academy.urls import urlpatterns as everywhere

urlpatterns = [*mails, *examples, *everywhere]
