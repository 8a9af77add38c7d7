"""Which claim of several is the first to be worked on: by priority, then by the day it is due, one without a day last."""

from django.db.models import DateField, F, Func

# The day is written into the statement and not handed over, or SQLite would not know the index by it.
DUE_OR_NEVER = Func(F("due_on"), template="COALESCE(%(expressions)s, '9999-12-31')", output_field=DateField())
PRESSING = ("priority", DUE_OR_NEVER, "id")
