"""Files of the site, and guards that stand before the addresses of the CMS."""

from django.urls import path, re_path

from academy.pages import views

urlpatterns = [
    path("media/images/<str:name>", views.picture, name="picture"),
    path("documenten/<int:document_id>/<str:filename>", views.document, name="wagtaildocs_serve"),
    path("cms/logout/", views.to_logout, name="cms_logout"),
    re_path(
        r"^cms/(?:users|groups|bulk/people|reports/site-history)(?:/.*)?$",
        views.refuse,
        name="cms_refused",
    ),
    re_path(r"^cms/images/\d+/(?:generate_url|preview)/.*$", views.refuse, name="cms_picture_sizes_refused"),
]
