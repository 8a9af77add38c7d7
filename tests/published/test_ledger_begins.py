"""A database in which something was printed before there was a ledger: all of it is entered when the ledger begins."""

import json

PRINT = """
from tests.published.documents import at, notice, numbered_document, publish, visa_document
from factcheck.published import press
publish(at=at(9))
for one in range(1, 301):
    publish(numbered_document(one), at=at(10))
publish(visa_document(why_chosen="x"), notice=notice("minor_edit"), at=at(12))
press.print_retraction("ref-1", notice=notice("retraction"), printed_by="editor", at=at(13))
"""
TELL = """
import json
from factcheck.published import proving
from factcheck.published.models import LedgerEntry
assert proving.prove().faults == []
print(json.dumps(list(LedgerEntry.objects.order_by("number").values_list("number", "kind", "edition", "rule", "sha256"))))
"""
CHANGE = (
    "from factcheck.published.models import LedgerEntry as E; E._base_manager.filter(number=1)._raw_delete('default')"
)


def run(database, code, expect=0):
    return database.manage("shell", "--no-imports", "--command", code, expect=expect)


def test_what_was_printed_before_is_entered_as_it_would_have_been(committed_database):
    run(committed_database, PRINT)
    entered = json.loads(run(committed_database, TELL))
    assert len(entered) == 305
    committed_database.manage("migrate", "published", "0006", "--verbosity=0")
    committed_database.manage("migrate", "--verbosity=0")
    assert json.loads(run(committed_database, TELL)) == entered
    assert "append-only" in run(committed_database, CHANGE, expect=1)
