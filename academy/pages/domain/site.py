"""Makes the site stand: root, home page, default site, review workflow and the rights of the CMS groups.

Runs after every ``migrate`` and changes nothing that stands already, so a fresh production database has a home page
and a database of last year gets what this version adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from academy.pages.models import HomePage, ReviewTask
from academy.people.domain.roles import CMS_GROUPS, keep_section_groups
from academy.people.enums import Role

if TYPE_CHECKING:
    from django.db.models import Model

AUTHORS, EDITORS, ADMINS = CMS_GROUPS[Role.TRAINER], CMS_GROUPS[Role.EDITOR], CMS_GROUPS[Role.ADMIN]
REVIEW = "Nakijken"
PRIVATE_COLLECTION = "Besloten documenten"

_EDIT = ("add", "change")
_PUBLISH = (*_EDIT, "publish", "bulk_delete", "lock", "unlock")
PAGE_RIGHTS = {AUTHORS: _EDIT, EDITORS: _PUBLISH, ADMINS: _PUBLISH}
MEDIA_RIGHTS = {AUTHORS: ("add", "choose"), EDITORS: ("add", "change", "choose"), ADMINS: ("add", "change", "choose")}


@transaction.atomic
def prepare_site() -> HomePage:
    """Make what is missing and return the home page."""
    for label in ("wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs", "pages", "wagtailredirects"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    home = _home()
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    for name in CMS_GROUPS.values():
        _grant(Group.objects.get_or_create(name=name)[0], home)
    grant_model_rights("wagtailredirects", "redirect", (EDITORS, ADMINS))
    grant_model_rights("pages", "sitesettings", (ADMINS,), actions=("change",))
    _review(home)
    keep_section_groups()
    return home


def grant_model_rights(
    label: str, model: str, groups: tuple[str, ...], actions: tuple[str, ...] = ("add", "change", "delete", "view")
) -> None:
    """Let these groups work with a snippet or setting; packages above call it for theirs."""
    create_permissions(apps.get_app_config(label), verbosity=0)
    rights = Permission.objects.filter(
        content_type__app_label=label, codename__in=[f"{action}_{model}" for action in actions]
    )
    for group in Group.objects.filter(name__in=groups):
        group.permissions.add(*rights)


def review_snippets(model: type[Model]) -> None:
    """Send what is not a page through the same review; packages above call it for theirs."""
    kind = ContentType.objects.get_for_model(model)
    WorkflowContentType.objects.get_or_create(
        content_type=kind, defaults={"workflow": Workflow.objects.get(name=REVIEW)}
    )


def keep_page(kind: type[Page], *, parent: Page, slug: str, **values: Any) -> Any:
    """The page of this kind at this address, made and published when it is not there."""
    found = kind.objects.child_of(parent).filter(slug=slug).first()
    if found is not None:
        return found
    page = kind(slug=slug, **values)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _home() -> HomePage:
    locale = Locale.objects.get_or_create(language_code="nl")[0]
    Locale.objects.exclude(pk=locale.pk).filter(language_code="en").delete()
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    home = HomePage.objects.first()
    if home is None:
        # Wagtail's own migration leaves a page that welcomes developers.
        Page.objects.child_of(root).filter(slug="home", content_type=ContentType.objects.get_for_model(Page)).delete()
        root.refresh_from_db()
        home = HomePage(title="Blijf Groeien Academie", slug="home", locale=locale, show_in_menus=True)
        root.add_child(instance=home)
        home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, "Blijf Groeien Academie"
        site.save()
    return home


def _grant(group: Group, home: HomePage) -> None:
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    for action in PAGE_RIGHTS[group.name]:
        right = _right(Page, f"{action}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=right)
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    if not collection.get_children().filter(name=PRIVATE_COLLECTION).exists():
        _private_collection(collection)
    # Wagtail keeps the rights on media under its own models, whatever model the site uses.
    for model in (Image, Document):
        for action in MEDIA_RIGHTS[group.name]:
            right = _right(model, f"{action}_{model._meta.model_name}")
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)


def _private_collection(root: Collection) -> None:
    private = root.add_child(name=PRIVATE_COLLECTION)
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)


def _right(model: type[Model], codename: str) -> Permission:
    return Permission.objects.get(content_type=ContentType.objects.get_for_model(model), codename=codename)


def _review(home: HomePage) -> None:
    workflow = Workflow.objects.get_or_create(name=REVIEW)[0]
    task = ReviewTask.objects.filter(name=REVIEW).first() or ReviewTask.objects.create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    root = home.get_parent()
    WorkflowPage.objects.filter(page=root).exclude(workflow=workflow).delete()
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).filter(name="Moderators approval").delete()
