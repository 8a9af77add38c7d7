"""A page that names somebody under protection, its copies, and the rounds of `manage.py work` that look after them."""

from django.utils import timezone

from factcheck.evidence import capturing, checking, sealing, withholding
from factcheck.evidence.models import Watch
from tests.sources.cast import key, protect

NAMED = "<p>Mihrigül Abdurehim told the office what she saw.</p>"


def protected_meanwhile(settings, journalist, editor):
    settings.VAULT_KEYS = [key()]
    return protect(journalist, editor, ("name", "Mihrigül Abdurehim"))


def captured(item, by):
    capturing.ask(item, by=by)
    assert capturing.capture_one()
    return item.captures.first()


def looked_at(item, by):
    if not Watch.objects.filter(item=item).exists():
        checking.watch(item, by=by)
    Watch.objects.update(due_at=timezone.now())
    Watch.objects.get().host.__class__.objects.update(busy_until=timezone.now())
    assert checking.check_one()
    return Watch.objects.get()


def withhold_all():
    while withholding.withhold_one():
        continue


def discard_all():
    while sealing.discard_one():
        continue
