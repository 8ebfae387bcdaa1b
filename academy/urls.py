"""Every address of the academy. Dutch slugs, English names; what is not ours stands at the end."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from academy.people.views.door import closed_reset, side_door

urlpatterns = [
    # Machines ask more often than people.
    path("", include("academy.api.urls")),
    path("account/", include("academy.people.urls")),
    path("", include("academy.outbox.urls")),
    path("", include("academy.portal.admin_urls")),
    path("", include("academy.portal.externals_urls")),
    path("", include("academy.portal.mine_urls")),
    path("", include("academy.portal.visits_urls")),
    path("", include("academy.portal.groups_urls")),
    path("", include("academy.portal.office_urls")),
    path("", include("academy.portal.hr_urls")),
    path("", include("academy.portal.partners_urls")),
    path("account/", include("allauth.urls")),
    # Wagtail's own log-in views stay routed whatever its settings say; these stand in front of them.
    path("cms/login/", side_door, name="side_door_cms"),
    re_path(r"^cms/password_reset/", closed_reset, name="closed_reset"),
    path("_util/login/", side_door, name="side_door_site"),
    path("", include("academy.portal.trust_urls")),
    path("", include("certificates.urls")),
    path("", include("academy.pages.urls")),
    path("", include("academy.knowledge.urls")),
    path("", include("academy.gatherings.urls")),
    path("", include("courses.learning.urls")),
    path("", include("courses.kijkje.urls")),
    path("", include("courses.paths.urls")),
    path("", include("leertafels.cases.urls")),
    path("", include("leertafels.urls")),
    path("", include("academy.evaluations.urls")),
    path("", include("academy.partners.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("", include("academy.portal.urls")),
    path("", include(wagtail_urls)),
]
