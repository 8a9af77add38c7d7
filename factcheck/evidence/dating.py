"""What a capture says of itself, held against its archive file, whose hash is in the custody record (EV-6).

The row repeats from where, with which status and when the page answered, because readers are told the day; the file proves it.
"""

from warcio.exceptions import ArchiveLoadFailed

from factcheck.fetching import warc
from factcheck.sources.keys import VaultShut

from .captured import Capture
from .keeping import open_file
from .withheld import final_url_of


def unlike_their_archives(faulty):
    """A sentence for each Capture that says something else than its archive file. `faulty` are numbers of Files known to be
    missing or changed: they are told of elsewhere, and prove nothing. Those that are sealed are looked into where their key is."""
    done = Capture.objects.filter(state=Capture.State.DONE).select_related("warc", "text_file").defer("text", "words")
    for capture in done.order_by("pk").iterator(chunk_size=500):
        if faulty.isdisjoint((capture.warc_id, capture.text_file_id)) and not _is_told_by_its_archive(capture):
            yield f"Capture {capture.pk} says another address, status or time than its archive file: its row was altered."


def _is_told_by_its_archive(capture):
    try:
        said = (final_url_of(capture), capture.http_status, warc.moment(capture.captured_at))
        with open_file(capture.warc) as file:
            return said in warc.answered(file)
    except VaultShut:  # sealed, and its key is not here, or is destroyed: nothing to hold it against
        return True
    except ArchiveLoadFailed:  # another file was put in its place
        return False
