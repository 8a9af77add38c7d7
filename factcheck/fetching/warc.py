"""The web archive file: every request and every answer, with the days and machines they came from (ISO 28500)."""

import io
from collections.abc import Iterable
from datetime import UTC

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TYPE = "application/warc"  # gzipped record by record, as such files are
CHANGED = ("transfer-encoding", "content-length")  # the line's own, undone when the body is stored whole


class _Writer(WARCWriter):
    @staticmethod
    def _create_temp_file():
        return io.BytesIO()  # the body is in memory already, and the file that it makes instead is never closed


def write(exchanges, about, into):
    """Write `exchanges` (of fetch.Exchange) to the binary file `into`. `about` is a dict for the file's own record."""
    writer = _Writer(into, gzip=True)
    writer.write_record(writer.create_warcinfo_record(None, about))
    for exchange in exchanges:
        answer = writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.raw),
            http_headers=_answer_headers(exchange),
            warc_headers_dict={"WARC-Date": moment(exchange.at), "WARC-IP-Address": exchange.address},
        )
        request = writer.create_warc_record(
            exchange.url,
            "request",
            http_headers=StatusAndHeaders(
                f"{exchange.method} {_path(exchange.url)} HTTP/1.1", _plain(exchange.asked), is_http_request=True
            ),
            warc_headers_dict={"WARC-Date": moment(exchange.at)},
        )
        writer.write_request_response_pair(request, answer)


def _answer_headers(exchange):
    """The headers as they came, but for those of the line, which are kept under a name that says so."""
    told = [(f"X-Archive-Orig-{k}" if k.lower() in CHANGED else k, v) for k, v in exchange.told]
    told.append(("Content-Length", str(len(exchange.raw))))
    return StatusAndHeaders(_ascii(f"{exchange.status} {exchange.reason}"), _plain(told), protocol="HTTP/1.1")


def _plain(headers: Iterable):
    return [(_ascii(name), _ascii(value)) for name, value in headers]


def _ascii(text):
    """One line of ASCII; a server may send any byte."""
    return " ".join(text.encode("ascii", "backslashreplace").decode().split())


def _path(url):
    return "/" + url.split("/", 3)[3] if url.count("/") > 2 else "/"


def moment(at):
    """A moment (an aware datetime) as such files write it, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def answers(warc):
    """Every stored answer in the binary file `warc`: (url, status, headers as a list, body unpacked)."""
    for record in ArchiveIterator(warc):
        if record.rec_type == "response":
            headers = record.http_headers
            body = record.content_stream().read()
            yield record.rec_headers.get_header("WARC-Target-URI"), int(headers.get_statuscode()), headers.headers, body


def answered(warc):
    """{(url, status, moment)} of every stored answer in the binary file `warc`; the moment as `moment` writes it."""
    return {
        (
            record.rec_headers.get_header("WARC-Target-URI"),
            int(record.http_headers.get_statuscode()),
            record.rec_headers.get_header("WARC-Date"),
        )
        for record in ArchiveIterator(warc)
        if record.rec_type == "response"
    }
