"""A file of evidence for somebody of the staff: always an attachment, never shown by the browser, and never kept by it."""

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from factcheck.evidence.keeping import open_file
from factcheck.files.shelf import PIECE
from factcheck.leaving import leaves_as


def attachment(file, name, code, mode, opened=None):
    """The bytes of an evidence File under this name, as the export `code` in this Mode (leaving.py).

    `opened` are its bytes, where somebody opened them before. A sealed file is opened here, because it may refuse to be, and
    unsealed as it is sent; any other is opened when the first byte is. Raises Refused, FileNotFoundError.
    """
    opened = opened or (open_file(file) if file.box_id else None)
    response = StreamingHttpResponse(_Pieces(file, opened), content_type=file.type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Length"] = str(file.content_size)
    response["X-Content-Type-Options"] = "nosniff"
    return leaves_as(response, code, mode)


class _Pieces:
    """The bytes of a file, piece by piece. The answer closes it, read to its end or not."""

    def __init__(self, file, opened):
        self._file, self._opened = file, opened

    def __iter__(self):
        self._opened = self._opened or open_file(self._file)
        while piece := self._opened.read(PIECE):
            yield piece

    def close(self):
        if self._opened:
            self._opened.close()
