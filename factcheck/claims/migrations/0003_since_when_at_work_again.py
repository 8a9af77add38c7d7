from django.db import migrations
from django.db.models import OuterRef, Subquery

AT_WORK, FINISHED = ("researching", "in_review", "cleared"), ("published", "closed")


def look_back(apps, editor):
    """A claim at work that was published or closed before is at work again since it was that for the last time."""
    was = apps.get_model("claims", "HistoricalClaim").objects.filter(id=OuterRef("pk"), status__in=FINISHED)
    last = Subquery(was.order_by("-history_date").values("history_date")[:1])
    apps.get_model("claims", "Claim").objects.filter(status__in=AT_WORK).update(reopened_at=last)


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_pressing_and_reopened")]
    operations = [migrations.RunPython(look_back, migrations.RunPython.noop)]
