"""Tables for spreadsheets: CSV in which no cell is a formula, whatever somebody typed into the record (SS-4)."""

import csv
import io

from django.http import HttpResponse

from factcheck.cells import cell
from factcheck.leaving import leaves_as


def as_csv(name, head, rows, code, mode):
    """A download called `name` and its mode, as the export `code` (leaving.py): HttpResponse. In UTF-8 with the mark by which
    spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([cell(value) for value in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{mode.value}.csv"'
    return leaves_as(answer, code, mode)
