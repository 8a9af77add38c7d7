"""Two kinds of row: one that is only ever added, and one that notices when somebody else changed it meanwhile."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowStands(TypeError):
    """Somebody tried to change or delete an append-only row. The database's own triggers would refuse it too."""


class AppendOnlyRows(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise RowStands(f"{self.model.__name__} rows are append-only: add a new one that corrects the old")

    update = delete = bulk_update = update_or_create = _refuse


class AppendOnlyModel(models.Model):
    """Rows are added once and stand for ever. Pair with `AppendOnly(table)` in the migration."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and not self._state.adding:
            self.delete()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise RowStands(f"{type(self).__name__} rows are append-only: add a new one that corrects the old")


class VersionedModel(models.Model):
    """Counts its own changes, so that the second of two people saving one record is told instead of overwriting the first."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
