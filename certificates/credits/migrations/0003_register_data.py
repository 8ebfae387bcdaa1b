from django.db import migrations


def load(apps, schema_editor):
    from certificates.credits.domain.rule_sets import load_register_data

    load_register_data(apps)


class Migration(migrations.Migration):
    dependencies = [("credits", "0002_ledger_only_grows")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
