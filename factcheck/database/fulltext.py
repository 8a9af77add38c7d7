"""Search by words, the same on SQLite (FTS5) and PostgreSQL (tsvector): one migration operation, two functions.

In a migration, after the table exists: `WordIndex("published_check", ["search_text"])`. The database keeps the index up
to date itself, so plain SQL, deletes and flushes leave it right. A later migration that makes the table anew on SQLite
(AlterField does) drops the triggers with the old table: end it with the same `WordIndex`, it may be applied again.

Upper and lower case are one, and so are Maori and Māori. Nothing that a reader types is ever read as search syntax.
"""

import unicodedata

from django.db import connections, migrations
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

COLUMN = "word_index"  # PostgreSQL: a generated column that Django's models do not know of
LONGEST_TEXT = 2000
COMMON = 1000  # rows; beyond that a search is for words that are everywhere
MOST_WORDS = 16
LONGEST_WORD = 60
BEGINS_A_WORD = 3  # "visa" finds "visas"; "of" finds "of" alone. SQLite keeps such beginnings as words of their own

SQLITE = """
DROP TABLE IF EXISTS {t}_words;
CREATE VIRTUAL TABLE {t}_words USING fts5(
  {cols}, content='{t}', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3 4');
DROP TRIGGER IF EXISTS {t}_words_insert;
CREATE TRIGGER {t}_words_insert AFTER INSERT ON {t} BEGIN
  INSERT INTO {t}_words(rowid, {cols}) VALUES (new.id, {new}); END;
DROP TRIGGER IF EXISTS {t}_words_delete;
CREATE TRIGGER {t}_words_delete AFTER DELETE ON {t} BEGIN
  INSERT INTO {t}_words({t}_words, rowid, {cols}) VALUES ('delete', old.id, {old}); END;
DROP TRIGGER IF EXISTS {t}_words_update;
CREATE TRIGGER {t}_words_update AFTER UPDATE OF {cols} ON {t} BEGIN
  INSERT INTO {t}_words({t}_words, rowid, {cols}) VALUES ('delete', old.id, {old});
  INSERT INTO {t}_words(rowid, {cols}) VALUES (new.id, {new}); END;
INSERT INTO {t}_words({t}_words) VALUES ('rebuild')"""

SQLITE_UNDO = """
DROP TRIGGER IF EXISTS {t}_words_insert;
DROP TRIGGER IF EXISTS {t}_words_delete;
DROP TRIGGER IF EXISTS {t}_words_update;
DROP TABLE IF EXISTS {t}_words"""

# Punctuation goes first: PostgreSQL would take "China/NZ" for a path and keep it whole. Text past 100,000 characters is
# not searched, because a tsvector has a size of its own.
POSTGRES_TEXT = r"""regexp_replace(regexp_replace(normalize(lower(left({text}, 100000)), NFKD),
  '[\u0300-\u036f]', '', 'g'),
  '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f\u00a0-\u00bf\u2000-\u206f]', ' ', 'g')"""

POSTGRES = """
ALTER TABLE {t} DROP COLUMN IF EXISTS {column};
ALTER TABLE {t} ADD COLUMN {column} tsvector GENERATED ALWAYS AS (to_tsvector('simple', {text})) STORED;
CREATE INDEX {t}_words ON {t} USING gin ({column})"""

POSTGRES_UNDO = "ALTER TABLE {t} DROP COLUMN IF EXISTS {column}"


def _statements(script):
    """The statements of a script, split where a line ends a statement; the body of a trigger is indented."""
    return [s for s in script.replace(";\n  ", "; ").split(";\n") if s.strip()]


def _run(connection, script, **names):
    with connection.cursor() as cursor:
        for statement in _statements(script.format(**names)):
            cursor.execute(statement)


def add_word_index(connection, table, columns):
    """Make the index of `columns` (names in the database) of `table`, from the rows there are; anew if it exists."""
    if connection.vendor == "postgresql":
        text = POSTGRES_TEXT.format(text=" || ' ' || ".join(f"coalesce({c}, '')" for c in columns))
        _run(connection, POSTGRES, t=table, column=COLUMN, text=text)
        return
    parts = {"cols": columns, "new": [f"new.{c}" for c in columns], "old": [f"old.{c}" for c in columns]}
    _run(connection, SQLITE, t=table, **{name: ", ".join(part) for name, part in parts.items()})


def remove_word_index(connection, table):
    _run(connection, POSTGRES_UNDO if connection.vendor == "postgresql" else SQLITE_UNDO, t=table, column=COLUMN)


class WordIndex(migrations.RunPython):
    """A migration operation: from here on `table`, whose key is `id`, can be searched by the words of `columns`."""

    def __init__(self, table, columns):
        self.table, self.columns = table, columns
        super().__init__(
            lambda apps, editor: add_word_index(editor.connection, table, columns),
            lambda apps, editor: remove_word_index(editor.connection, table),
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.table, self.columns], {}

    def describe(self):
        return f"Search {self.table} by the words of {', '.join(self.columns)}"


def words_in(text):
    """The words of what somebody typed, at most 16 (letters, digits, marks); none where it was only punctuation."""
    if len(text) > LONGEST_TEXT:  # without the word that the cut would break
        text = text[:LONGEST_TEXT].rpartition(" ")[0]
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in plain if not "\u0300" <= c <= "\u036f")
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in kept.split()))[:MOST_WORDS]


def _query(connection, words, any_word):
    """The search in the database's own language, every word quoted. A long word also finds the words it begins."""
    postgres = connection.vendor == "postgresql"
    quote, star, either, both = ("'", ":*", " | ", " & ") if postgres else ('"', "*", " OR ", " AND ")
    return (either if any_word else both).join(
        # PostgreSQL's text was taken apart (NFKD) when it was indexed; SQLite's stands as it was typed.
        quote + (word if postgres else unicodedata.normalize("NFC", word)) + quote + star * (len(word) >= BEGINS_A_WORD)
        for word in words
    )


def matching(queryset, text, any_word=False):
    """The rows of `queryset` that hold every word of `text` (or any of them), in the queryset's own order.

    The queryset's table has a `WordIndex`. No words, no rows: ask `words_in(text)` where the reader is owed a reason.
    On SQLite it asks one small query at once, to choose the quicker way.
    """
    words, table, connection = words_in(text), queryset.model._meta.db_table, connections[queryset.db]
    if not words:
        return queryset.none()
    query = _query(connection, words, any_word)
    if connection.vendor == "postgresql":
        condition = f"\"{table}\".{COLUMN} @@ to_tsquery('simple', %s)"
    else:
        way = "+" if _is_common(connection, table, query) else ""
        condition = f'{way}"{table}"."id" IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s)'
    return queryset.filter(RawSQL(condition, [query], output_field=BooleanField()))


def _is_common(connection, table, query):
    """Whether so many rows match that it is quicker to walk the list and ask of each row, than to sort all that match.

    PostgreSQL decides this by itself. SQLite has to be told, by a "+" that keeps it from starting at the matches.
    """
    with connection.cursor() as cursor:
        first = f"SELECT 1 FROM {table}_words WHERE {table}_words MATCH %s LIMIT {COMMON}"
        cursor.execute(f"SELECT COUNT(*) FROM ({first})", [query])
        return cursor.fetchone()[0] == COMMON


def most_alike(queryset, text, limit=5):
    """Up to `limit` rows of `queryset` that share most with `text`, the closest first: "was this logged already?".

    Two queries: the best candidates by rank, then the rows. Short words say nothing about likeness and are left out.
    """
    words = [word for word in words_in(text) if len(word) > BEGINS_A_WORD]
    if not words:
        return []
    table, connection = queryset.model._meta.db_table, connections[queryset.db]
    with connection.cursor() as cursor:
        cursor.execute(_ranked(connection, table), [_query(connection, words, any_word=True)])
        order = {pk: place for place, (pk,) in enumerate(cursor.fetchall())}
    return sorted(queryset.filter(pk__in=order), key=lambda row: order[row.pk])[:limit]


def _ranked(connection, table, candidates=100):
    if connection.vendor == "postgresql":
        return (
            f"SELECT id FROM {table}, to_tsquery('simple', %s) AS asked WHERE {COLUMN} @@ asked "
            f"ORDER BY ts_rank({COLUMN}, asked, 1) DESC, id DESC LIMIT {candidates}"
        )
    return f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s ORDER BY rank LIMIT {candidates}"
