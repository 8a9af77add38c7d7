import unicodedata

from django.db import migrations

KEPT = ("title", "wording", "claim_type_label", "speaker_name", "speaker_role", "speaker_note")


def forget(apps, editor):
    """Of a claim that was retracted, search knows what was claimed and no longer what was found."""
    for check in apps.get_model("published", "Check").objects.filter(retracted=True).iterator():
        words = "\n".join(text for text in (getattr(check, name) for name in KEPT) if text)
        check.search_text = unicodedata.normalize("NFC", words)
        check.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("published", "0007_ledger_of_what_was_printed")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
