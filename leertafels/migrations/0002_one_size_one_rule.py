"""The size of a table stands with its gathering, and what it asks of a case with the agreement about cases."""

from django.db import migrations


def to_gathering(apps, schema_editor):
    for table in apps.get_model("leertafels", "Leertafel").objects.select_related("gathering"):
        table.gathering.minimum = table.min_size
        table.gathering.save(update_fields=["minimum"])


def to_table(apps, schema_editor):
    asking = set(apps.get_model("cases", "CaseRules").objects.filter(asks_text=True).values_list("pk", flat=True))
    for table in apps.get_model("leertafels", "Leertafel").objects.select_related("gathering"):
        table.min_size, table.max_size = table.gathering.minimum, table.gathering.capacity
        table.asks_case_text = table.pk in asking
        table.save(update_fields=["min_size", "max_size", "asks_case_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("leertafels", "0001_initial"),
        ("cases", "0001_initial"),
        ("gatherings", "0005_minimum_and_municipality"),
    ]

    operations = [
        migrations.RunPython(to_gathering, to_table),
        migrations.RemoveConstraint(model_name="leertafel", name="leertafels_leertafel_size_fits_mode"),
        migrations.RemoveConstraint(model_name="leertafel", name="leertafels_leertafel_starts_within_size"),
        migrations.RemoveField(model_name="leertafel", name="asks_case_text"),
        migrations.RemoveField(model_name="leertafel", name="max_size"),
        migrations.RemoveField(model_name="leertafel", name="min_size"),
    ]
