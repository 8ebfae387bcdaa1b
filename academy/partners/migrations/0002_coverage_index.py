"""Who was present where, from the index alone: the board of coverage reads a year or two of attendance at once.

The table is of the kernel, the question is of this package; so the index comes and goes with it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("gatherings", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX partners_present ON gatherings_attendance (session_id, person_id) WHERE status = 'present'",
            "DROP INDEX partners_present",
        )
    ]
