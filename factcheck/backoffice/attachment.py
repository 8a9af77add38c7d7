"""A file of evidence for somebody of the staff: always an attachment, never shown by the browser, and never kept by it."""

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from factcheck.files.shelf import PIECE, shelf
from factcheck.leaving import leaves_as


def attachment(file, name, code, mode):
    """The bytes of an evidence File under this name, as the export `code` in this Mode (leaving.py).

    Opened when the first is sent, and closed after the last.
    """
    response = StreamingHttpResponse(_pieces(file), content_type=file.type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    return leaves_as(response, code, mode)


def _pieces(file):
    with shelf("evidence").open(file.stored_as) as opened:
        while piece := opened.read(PIECE):
            yield piece
