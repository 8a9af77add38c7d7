"""Search by words, the same on SQLite (FTS5) and PostgreSQL (tsvector): one migration operation, three questions.

In a migration, after the table exists: `WordIndex("published_check", ["search_text"])`. The database keeps the index up
to date itself, so plain SQL, deletes and flushes leave it right. A later migration that makes the table anew on SQLite
(AlterField does) drops the triggers with the old table: end it with the same `WordIndex`, it may be applied again.

Upper and lower case are one, and so are Maori and Māori. Nothing that a reader types is ever read as search syntax.
"""

import unicodedata
from math import inf
from typing import NamedTuple

from django.db import connections, migrations
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

COLUMN = "word_index"  # PostgreSQL: a generated column that Django's models do not know of
LONGEST_TEXT = 2000
COMMON = 1000  # rows; a search weighs no more of them, and a word that so many hold is taken as it stands
EVERYWHERE = 5  # at least one row in so many holds the word: it says nothing of what somebody looks for
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


class Asked(NamedTuple):
    """What somebody looks for: each word as the database is asked for it, and the words that tell one row from another."""

    whole: str
    telling: str  # "" where each of the words is everywhere


class Best(NamedTuple):
    """Keys of rows, the best match first. `whole`: no other row matches; otherwise these are the newest that do."""

    keys: list
    whole: bool
    weighed: bool  # False where all words are everywhere, and so nothing but the rows' age told them apart


def _quoted(connection, word, star=False):
    """One word in the database's own language; nothing in it can be taken for syntax."""
    if connection.vendor == "postgresql":  # its text was taken apart (NFKD) when it was indexed
        return f"'{word}'" + ":*" * star
    return f'"{unicodedata.normalize("NFC", word)}"' + "*" * star  # SQLite's stands as it was typed


def _joined(connection, words, any_word=False):
    signs = (" | ", " & ") if connection.vendor == "postgresql" else (" OR ", " AND ")
    return signs[0 if any_word else 1].join(words)


def _probe(connection, table, queries):
    """Of each query, how many rows match, up to COMMON, and over how many rows the newest of them are spread. One query."""
    source = f"SELECT rowid AS id FROM {table}_words WHERE {table}_words MATCH %s ORDER BY rowid DESC"
    if connection.vendor == "postgresql":
        # In no order: that way the database may stop where it likes, and it knows by itself what is common.
        source = f"SELECT id FROM {table} WHERE {COLUMN} @@ to_tsquery('simple', %s)"
    one = f"SELECT COUNT(*), MAX(id) - MIN(id) FROM ({source} LIMIT {COMMON}) AS newest"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT {n} AS n, * FROM ({one}) AS p{n}" for n in range(len(queries))), queries
        )
        return [(number, spread or 0) for _, number, spread in sorted(cursor.fetchall())]


def _is_everywhere(number, spread):
    return number >= COMMON and spread < COMMON * EVERYWHERE


def _asked(connection, table, words, any_word=False):
    """How the database is asked for these words. A rare word also finds the longer ones that it begins."""
    found = _probe(connection, table, [_quoted(connection, word) for word in words])
    forms = [
        _quoted(connection, word, star=len(word) >= BEGINS_A_WORD and number < COMMON)
        for word, (number, _) in zip(words, found, strict=True)
    ]
    telling = [form for form, seen in zip(forms, found, strict=True) if not _is_everywhere(*seen)]
    return Asked(_joined(connection, forms, any_word), _joined(connection, telling, any_word))


def matching(queryset, text, any_word=False):
    """The rows of `queryset` that hold every word of `text` (or any of them), in the queryset's own order.

    The queryset's table has a `WordIndex`. No words, no rows: ask `words_in(text)` where the reader is owed a reason.
    It asks two small queries at once, to choose the quicker way.
    """
    words, table, connection = words_in(text), queryset.model._meta.db_table, connections[queryset.db]
    if not words:
        return queryset.none()
    query = _asked(connection, table, words, any_word).whole
    condition = _condition(connection, table, query)
    return queryset.filter(RawSQL(condition, [query], output_field=BooleanField()))


def _condition(connection, table, query):
    """PostgreSQL knows the quickest way by itself. SQLite has to be told where to begin, at the matches or at the list."""
    if connection.vendor == "postgresql":
        return f"\"{table}\".{COLUMN} @@ to_tsquery('simple', %s)"
    [(number, spread)] = _probe(connection, table, [query])
    if _is_everywhere(number, spread):  # walk the list, and look up each row: a page is full after a hundred
        return f'EXISTS (SELECT 1 FROM {table}_words WHERE {table}_words MATCH %s AND rowid = "{table}"."id")'
    way = "+" if number >= COMMON else ""  # walk the list, and look among all that match, put aside once
    return f'{way}"{table}"."id" IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s)'


def best(queryset, text):
    """The Best matches in the queryset's table for every word of `text`, whatever else the queryset asks.

    Of words that more than COMMON rows hold, it weighs the newest COMMON rows, so that no search reads a whole table: each
    row by how often it holds the words, for its length, and by how rare they are (SQLite: BM25; PostgreSQL: ts_rank).
    """
    words, table, connection = words_in(text), queryset.model._meta.db_table, connections[queryset.db]
    if not words:
        return Best([], True, True)
    asked = _asked(connection, table, words)
    weigh = _weighed_on_postgres if connection.vendor == "postgresql" else _weighed_on_sqlite
    with connection.cursor() as cursor:
        keys = weigh(cursor, table, asked)
    newest = sorted(keys, reverse=True)[:COMMON]
    kept = set(newest)
    weighed = bool(asked.telling) or connection.vendor == "postgresql"
    return Best([key for key in keys if key in kept], len(keys) <= COMMON, weighed)


def _weighed_on_postgres(cursor, table, asked):
    cursor.execute(
        f"SELECT id FROM (SELECT id, {COLUMN}, asked FROM {table}, to_tsquery('simple', %s) AS asked "
        f"WHERE {COLUMN} @@ asked ORDER BY id DESC LIMIT {COMMON + 1}) AS newest "
        f"ORDER BY ts_rank({COLUMN}, asked, 1) DESC, id DESC",
        [asked.whole],
    )
    return [key for (key,) in cursor.fetchall()]


def _weighed_on_sqlite(cursor, table, asked):
    newest = f"FROM {table}_words WHERE {table}_words MATCH %s"
    # BM25 walks all rows of each word to know how rare it is. Of words that are everywhere that is known before.
    if asked.telling == asked.whole:
        scored = f"SELECT rowid AS id, bm25({table}_words) AS score {newest} ORDER BY rowid DESC LIMIT {COMMON + 1}"
        cursor.execute(f"SELECT id FROM ({scored}) ORDER BY score, id DESC", [asked.whole])
        return [key for (key,) in cursor.fetchall()]
    cursor.execute(f"SELECT rowid {newest} ORDER BY rowid DESC LIMIT {COMMON + 1}", [asked.whole])
    keys = [key for (key,) in cursor.fetchall()]
    if not keys or not asked.telling:
        return keys
    cursor.execute(f"SELECT rowid, bm25({table}_words) {newest} AND rowid >= %s", [asked.telling, keys[-1]])
    scores = dict(cursor.fetchall())
    # A row that lost the word since the first question comes last; of equals, the newest stays first.
    return sorted(keys, key=lambda key: scores.get(key, inf))


def most_alike(queryset, text, limit=5):
    """Up to `limit` rows of `queryset` that share most with `text`, the closest first: "was this logged already?".

    Two queries: the best candidates by rank, then the rows. Short words say nothing about likeness and are left out.
    """
    words = [word for word in words_in(text) if len(word) > BEGINS_A_WORD]
    if not words:
        return []
    table, connection = queryset.model._meta.db_table, connections[queryset.db]
    query = _joined(connection, [_quoted(connection, word, star=True) for word in words], any_word=True)
    with connection.cursor() as cursor:
        cursor.execute(_ranked(connection, table), [query])
        order = {pk: place for place, (pk,) in enumerate(cursor.fetchall())}
    return sorted(queryset.filter(pk__in=order), key=lambda row: order[row.pk])[:limit]


def _ranked(connection, table, candidates=100):
    if connection.vendor == "postgresql":
        return (
            f"SELECT id FROM {table}, to_tsquery('simple', %s) AS asked WHERE {COLUMN} @@ asked "
            f"ORDER BY ts_rank({COLUMN}, asked, 1) DESC, id DESC LIMIT {candidates}"
        )
    return f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s ORDER BY rank LIMIT {candidates}"
