from django.db import migrations, models

COUNTED = (
    "INSERT INTO published_tally (topic, rating_code, number) SELECT '', rating_code, COUNT(*) FROM published_check"
    " GROUP BY rating_code",
    "INSERT INTO published_tally (topic, rating_code, number) SELECT t.slug, c.rating_code, COUNT(*)"
    " FROM published_checktopic t JOIN published_check c ON c.id = t.page_id GROUP BY t.slug, c.rating_code",
)


def count(apps, editor):
    """Count what was published before there was a tally."""
    for statement in COUNTED:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0005_find_a_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(blank=True, max_length=80, verbose_name="topic")),
                ("rating_code", models.CharField(blank=True, max_length=40, verbose_name="rating")),
                ("number", models.PositiveIntegerField(default=0, verbose_name="number")),
            ],
            options={
                "verbose_name": "number of checks",
                "verbose_name_plural": "numbers of checks",
                "indexes": [models.Index(fields=["rating_code"], name="tally_by_rating")],
                "constraints": [models.UniqueConstraint(fields=("topic", "rating_code"), name="tally_once")],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
