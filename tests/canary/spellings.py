"""One identity that is nobody's, and every way its words could lie in a page, a file or a log."""

import base64
import html
import json
from urllib.parse import quote, quote_plus

# Each word is made up and occurs nowhere else in this project.
IDENTITY = {
    "real_name": "Zhüldyqan Qoshqarbek",
    "other_names": "Shuldykan Koshkarbek\nЖұлдызқан Қошқарбек",
    "mail": "zq.qosh@canary.example",
    "phones": "+64 21 739 4817",
    "handles": "@qoshqar_zq71",
    "numbers": "QK7394817",
    "links": "https://canary.example/people/zq-qosh",
    "reached": "Through the greengrocer Ömürbekova",
    "risks": "A sister in Qaramayqala",
}
WORDS = (
    *("Zhüldyqan", "Qoshqarbek", "Shuldykan", "Koshkarbek", "Жұлдызқан", "Қошқарбек", "zq.qosh@canary", "739 4817"),
    *("7394817", "qoshqar_zq71", "QK7394817", "people/zq-qosh", "Ömürbekova", "Qaramayqala"),
)


def spellings():
    """{bytes: the word it stands for}: case, plain letters, escapes of HTML, JSON and addresses, UTF-16, hex and base64."""
    found = {}
    for word in WORDS:
        plain = word.replace("ü", "u").replace("Ö", "O").replace("ö", "o")
        for text in {word, word.lower(), word.upper(), plain, plain.lower(), plain.upper(), word[::-1]}:
            for written in _written(text):
                found[written] = word
    return found


def _written(text):
    escaped = (
        html.escape(text),
        quote(text),
        quote_plus(text),
        json.dumps(text)[1:-1],
        text.encode("unicode_escape").decode(),
    )
    for spelled in {text, *escaped, "".join(f"&#{ord(c)};" for c in text)}:
        yield spelled.encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield text.encode().hex().encode()
    for before in range(3):  # wherever in a longer text it begins
        inner = base64.b64encode(b"x" * before + text.encode())
        yield inner[4 if before else 0 : -4]


SPELLINGS = {written: word for written, word in spellings().items() if len(written) >= 6}


def found_in(content):
    """The words of the identity that lie in `content` (bytes or text), however they are written."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else bytes(content)
    return sorted({word for written, word in SPELLINGS.items() if written in data})
