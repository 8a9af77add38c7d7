from django.db import migrations, models
from django.db.models import Q

from factcheck.database.fulltext import add_word_index


def index_words_anew(apps, editor):
    """SQLite makes the table anew for a constraint, and loses what kept its words; PostgreSQL need not read it all again."""
    if editor.connection.vendor == "sqlite":
        add_word_index(editor.connection, "claims_claim", ["wording", "short_form", "quotation"])


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_filter_by_flag")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, index_words_anew),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(status__in=["researching", "in_review", "cleared"]),
                name="claim_at_work_again_is_at_work",
            ),
        ),
        migrations.RunPython(index_words_anew, migrations.RunPython.noop),
    ]
