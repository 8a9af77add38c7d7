"""A list of records that stays quick however long the table grows: pages without a count of everything."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Count
from django.utils.formats import number_format
from django.utils.translation import gettext as _

COUNT_TO = 1000  # as far as anybody needs an exact number; past it the list and the dashboard say "1,000+"
PARTS = 5  # parts of claims that are looked at for each claim that is counted


def capped_count(queryset):
    """How many rows there are, counted no further than COUNT_TO + 1."""
    return queryset.order_by().values("pk")[: COUNT_TO + 1].count()


def told_claims(parts):
    """How many claims these parts of claims are of, in figures: "900+" where only so many parts were looked at."""
    looked_at = PARTS * COUNT_TO
    first = parts.order_by().values("claim")[: looked_at + 1]
    told = first.aggregate(claims=Count("claim", distinct=True), parts=Count("claim"))
    return told_number(told["claims"], more=told["parts"] > looked_at)


def told_number(count, more=False):
    """A capped count in figures. `more`: it was counted no further than this."""
    shown = number_format(min(count, COUNT_TO), force_grouping=True)
    return f"{shown}+" if more or count > COUNT_TO else shown


class DeskChangeList(ChangeList):
    """Fetches one row more than a page holds, to know whether there is a next one."""

    def get_results(self, request):
        self.page_num = max(1, self.page_num)
        start = (self.page_num - 1) * self.list_per_page
        try:
            rows = list(self.queryset[start : start + self.list_per_page + 1])
        except (OverflowError, ValueError) as nonsense:  # a page number no database can count to
            raise IncorrectLookupParameters from nonsense
        self.result_list, more = rows[: self.list_per_page], rows[self.list_per_page :]
        self.result_count = start + len(rows) if rows and not more else capped_count(self.queryset)
        self.newer = self.get_query_string({PAGE_VAR: self.page_num - 1}) if self.page_num > 1 else ""
        self.older = self.get_query_string({PAGE_VAR: self.page_num + 1}) if more else ""
        self.full_result_count, self.show_full_result_count = None, False
        self.multi_page = self.can_show_all = self.show_admin_actions = False
        self.paginator = None

    @property
    def told_count(self):
        return _("%(count)s in all") % {"count": told_number(self.result_count)}
