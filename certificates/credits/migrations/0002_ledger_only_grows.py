from django.db import migrations

from certificates.credits.migrations._triggers import refuse_changes


def begin(apps, schema_editor):
    apps.get_model("credits", "LedgerHead").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_initial")]

    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(*refuse_changes("credits_achievementrecord", "credits_creditentry", "credits_creditevent")),
        migrations.RunPython(*refuse_changes("credits_ledgerhead", verbs=("DELETE",))),
    ]
