from django.db import migrations
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

AT_WORK, FINISHED = ("researching", "in_review", "cleared"), ("published", "closed")


def look_back(apps, editor):
    """A claim at work that was finished before, or has a page, is at work again since its history first says so after that.

    Where history does not know how it was finished, from the first it knows of it at work, or else since it was logged.
    """
    rows = apps.get_model("claims", "HistoricalClaim").objects.order_by()
    finished = rows.filter(id=OuterRef("pk"), status__in=FINISHED)
    finished_later = rows.filter(id=OuterRef("id"), status__in=FINISHED, history_id__gt=OuterRef("history_id"))
    since = rows.filter(~Exists(finished_later), id=OuterRef("pk"), status__in=AT_WORK).order_by("history_id")
    again = apps.get_model("claims", "Claim").objects.filter(~Q(check_slug="") | Exists(finished), status__in=AT_WORK)
    again.update(reopened_at=Coalesce(Subquery(since.values("history_date")[:1]), "logged_at"))


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_pressing_and_reopened")]
    operations = [migrations.RunPython(look_back, migrations.RunPython.noop)]
