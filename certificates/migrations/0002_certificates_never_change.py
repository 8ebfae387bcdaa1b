from django.db import migrations

from certificates.credits.migrations._triggers import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial"), ("credits", "0002_ledger_only_grows")]

    operations = [
        migrations.RunPython(
            *refuse_changes(
                "certificates_certificate", "certificates_certificateevent", "certificates_certificatefile"
            )
        ),
    ]
