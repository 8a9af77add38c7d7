"""The report at the desk: a page for any period, a table no spreadsheet takes for formulas, and a word about nonsense."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims import actions as claims
from tests.builders import ask

from .steps import text_of

PAGE, TABLE = "admin:reply_replyfile_report", "admin:reply_replyfile_report_csv"


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_page_counts_this_year_unless_told(desk, at_desk):
    page = text_of(at_desk(desk.legal).get(reverse(PAGE)))
    assert "1 right of reply asked for" in page
    assert f"From 1 January {timezone.localdate().year} to" in page


def test_page_groups_by_party_and_leads_to_what_is_behind_the_numbers(desk, at_desk):
    answer = at_desk(desk.legal).get(reverse(PAGE), {"by": "party"})
    assert "By party" in text_of(answer)
    assert reverse("admin:reply_replyfile_change", args=[desk.parts.file.pk]) in answer.content.decode()


def test_period_without_anything_says_so(desk, at_desk):
    page = text_of(at_desk(desk.legal).get(reverse(PAGE), {"since": "2001-01-01", "until": "2001-12-31"}))
    assert "0 rights of reply asked for" in page
    assert "Nobody was asked in this period" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"since": "2026-05-01", "until": "2026-04-01"}, "ends before it begins"),
        ({"since": "yesterday"}, "Enter a valid date"),
        ({"until": "9999-12-31"}, "somebody now alive could see"),
        ({"since": "0001-01-01"}, "somebody now alive could see"),
        ({"by": "mood"}, "not one of the available choices"),
    ],
)
@pytest.mark.parametrize("name", [PAGE, TABLE])
def test_nonsense_is_told_and_what_was_typed_stays(desk, at_desk, asked, told, name):
    answer = at_desk(desk.legal).get(reverse(name), asked)
    assert answer.status_code == 400
    assert told in text_of(answer)


def test_table_has_a_row_for_each_and_numbers_where_it_is_grouped(desk, at_desk):
    client = at_desk(desk.legal)
    head, row = rows_of(client.get(reverse(TABLE)))
    assert (row[0], row[4]) == ("Immigration New Zealand", "Answered")
    head, group, total = rows_of(client.get(reverse(TABLE), {"by": "story"}))
    assert (group[0], group[1], total[:2]) == ("Uyghurs in New Zealand on the UN report", "1", ["All", "1"])
    assert len(head) == len(group) == len(total)


def test_name_of_a_party_is_no_formula_in_the_table(desk, at_desk):
    ask(desk, claims.add_speaker(by=desk.journalist, name='=HYPERLINK("http://x","y")'), answer="")
    names = [row[0] for row in rows_of(at_desk(desk.legal).get(reverse(TABLE)))]
    assert '\'=HYPERLINK("http://x","y")' in names


def test_page_asks_the_database_the_same_at_one_row_and_at_three(desk, at_desk, django_assert_num_queries):
    client = at_desk(desk.legal)
    client.get(reverse(PAGE))
    with django_assert_num_queries(4):
        client.get(reverse(PAGE), {"by": "story"})
    for name in ("One", "Two"):
        ask(desk, claims.add_speaker(by=desk.journalist, name=name))
    with django_assert_num_queries(4):
        client.get(reverse(PAGE), {"by": "story"})


def test_dashboard_leads_to_it(desk, at_desk):
    assert reverse(PAGE) in at_desk(desk.legal).get(reverse("admin:index")).content.decode()
