from tests.architecture import scan


def plant(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_nothing_is_longer_than_its_ceiling():
    assert scan.too_long(scan.ROOT) == []


def test_every_exception_to_the_linter_has_a_reason():
    assert scan.bare_noqa(scan.ROOT) == []


def test_no_style_or_script_inside_a_template():
    assert scan.inline_markup(scan.ROOT) == []


def test_planted_length_is_seen(tmp_path):
    body = "    x = 1\n"
    plant(tmp_path, "academy/people/long.py", "x = 1\n" * 401)
    plant(tmp_path, "academy/people/views.py", "def page():\n" + body * 60)
    plant(tmp_path, "academy/people/models.py", "class Person:\n" + body * 250)
    plant(tmp_path, "academy/people/migrations/0001.py", "x = 1\n" * 900)
    plant(tmp_path, "templates/people/long.html", "<p>\n" * 121)
    plant(tmp_path, "certificates/short.py", "def page():\n" + body * 59)
    assert scan.too_long(tmp_path) == [
        "academy/people/long.py: 401 lines, 400 allowed",
        "academy/people/models.py:1 Person: 251 lines, 250 allowed",
        "academy/people/views.py:1 page: 61 lines, 60 allowed",
        "templates/people/long.html: 121 lines, 120 allowed",
    ]


def test_planted_exception_without_reason_is_seen(tmp_path):
    for number, text in enumerate(["# noqa", "# noqa: F401", "# noqa: F401 because", "#NOQA:F401"]):
        plant(tmp_path, f"academy/bad{number}.py", f"import os  {text}\n")
    plant(tmp_path, "academy/good.py", "import os  # noqa: F401, E402 -- read by the settings\n")
    assert len(scan.bare_noqa(tmp_path)) == 4


def test_planted_inline_markup_is_seen(tmp_path):
    planted = {
        "style element": "<style>p{}</style>",
        "style attribute": '<p class="a"\n style="color:red">',
        "event attribute": '<button onclick="go()">',
        "inline script": "<script>go()</script>",
        "javascript address": '<a href="javascript:go()">',
    }
    for number, text in enumerate(planted.values()):
        plant(tmp_path, f"templates/people/{number}.html", text)
    plant(
        tmp_path, "templates/people/good.html", '<script src="/a.js" defer></script>{# style="x" #}<p data-style="a">'
    )
    plant(tmp_path, "templates/people/data.html", '<script id="a" type="application/json">{}</script>')
    plant(tmp_path, "templates/emails/welcome.html", '<p style="margin:0">')
    assert scan.inline_markup(tmp_path) == [
        f"templates/people/{number}.html: {what}" for number, what in enumerate(planted)
    ]
