from html.parser import HTMLParser

import pytest
from django import forms


class Example(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals anderen je noemen")
    role = forms.ChoiceField(label="Rol", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label="Dagen", choices=[("ma", "ma")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agrees = forms.BooleanField(label="Ik ga akkoord")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Deze twee <b>passen</b> niet bij elkaar.")


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def having(self, name, value=None):
        return [(tag, attrs) for tag, attrs in self.all if name in attrs and (value is None or attrs[name] == value)]


@pytest.fixture
def wrong():
    return Elements(str(Example({"days": ["x"]})))


def test_label_hint_and_error_belong_to_the_field(wrong):
    ((_, control),) = wrong.having("name", "name")
    assert wrong.having("for", control["id"])
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"].split() == ["id_name_helptext", "id_name_error"]
    for described in control["aria-describedby"].split():
        assert len(wrong.having("id", described)) == 1


def test_group_has_a_legend_and_carries_the_error(wrong):
    fieldsets = [attrs for tag, attrs in wrong.all if tag == "fieldset"]
    assert [attrs.get("aria-describedby") for attrs in fieldsets] == ["id_role_error", "id_days_error"]
    assert [tag for tag, _ in wrong.all].count("legend") == 2


def test_every_id_occurs_once_and_every_reference_exists(wrong):
    ids = [attrs["id"] for _, attrs in wrong.having("id")]
    assert len(ids) == len(set(ids))
    for _, attrs in wrong.having("aria-describedby"):
        assert set(attrs["aria-describedby"].split()) <= set(ids)
    for _, attrs in wrong.having("href"):
        assert attrs["href"].removeprefix("#") in ids


def test_summary_leads_to_each_field_and_takes_the_focus(wrong):
    ((_, summary),) = wrong.having("class", "error-summary")
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    assert [attrs["href"] for _, attrs in wrong.having("href")] == [
        "#id_name",
        "#id_role_0",
        "#id_days_0",
        "#id_agrees",
    ]


def test_what_people_type_and_what_errors_say_is_escaped():
    html = str(Example({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in html
    assert "&lt;b&gt;passen&lt;/b&gt;" in html


def test_form_without_data_has_no_errors_and_says_what_is_optional():
    html = str(Example())
    assert "error" not in html
    assert html.count("(hoeft niet)") == 1
    assert 'name="token"' in html


def test_single_checkbox_has_its_label_behind_it():
    html = str(Example())
    assert html.index('name="agrees"') < html.index("Ik ga akkoord")


def test_formset_prints_its_forms_and_its_own_error():
    forms_of = forms.formset_factory(Example, extra=1, min_num=1, validate_min=True)
    assert 'name="form-TOTAL_FORMS"' in str(forms_of())
    empty = forms_of({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert "error-summary" in str(empty)
