from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("knowledge", "0003_word_likeness")]

    operations = [
        migrations.AlterField(
            model_name="searchentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("artikel", "artikel"),
                    ("begrip", "begrip"),
                    ("training", "training"),
                    ("leertafel", "leertafel"),
                    ("bezoek", "Kijkje in de Keuken"),
                    ("elders", "aanbod van een ander"),
                    ("leerroute", "leerroute"),
                    ("pagina", "pagina"),
                ],
                max_length=10,
                verbose_name="soort",
            ),
        ),
    ]
