"""Terms and pages for groups to test with."""

from wagtail.models import Page

from academy.knowledge.models import ChosenArticle, GroupIndexPage, GroupPage, Term


def make_term(name="Meldcode", explanation="Vijf stappen.", *, live=True, **values):
    values.setdefault("slug", name.lower().replace(" ", "-"))
    return Term.objects.create(name=name, explanation=explanation, live=live, **values)


def make_group(group="lokale-teams", *, themes=(), articles=(), live=True, **values):
    page = GroupPage(title=f"Voor {group}", slug=group, group=group, live=live, **values)
    GroupIndexPage.objects.get().add_child(instance=page)
    page.themes = list(themes)
    page.chosen = [ChosenArticle(article=article, sort_order=place) for place, article in enumerate(articles)]
    page.save()
    return page


def fresh(page):
    return Page.objects.get(pk=page.pk).specific
