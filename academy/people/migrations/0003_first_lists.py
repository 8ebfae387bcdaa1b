"""Regions, municipalities (also those that merged away) and functions; see ``academy/people/data``."""

from django.db import migrations

from academy.people.data import load_job_functions, load_places


def load(apps, schema_editor):
    load_places(
        regions=apps.get_model("people", "Region").objects,
        municipalities=apps.get_model("people", "Municipality").objects,
    )
    load_job_functions(functions=apps.get_model("people", "JobFunction").objects)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_role_section")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
