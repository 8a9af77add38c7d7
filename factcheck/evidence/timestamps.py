"""Asking a time-stamp authority (RFC 3161) about the head of the custody record, once a day, and checking what it signed.

Nothing goes out unless TIMESTAMP_URL names an authority; what goes out is the hash of a hash. Needs the extra `timestamp`.
"""

import hashlib
import logging
from pathlib import Path

import urllib3
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from . import custody
from .custody import What
from .holdings import CustodyEvent
from .stamped import Timestamp

log = logging.getLogger(__name__)
FAILED, WAIT = "evidence-timestamp-failed", 60 * 60  # seconds until an authority that failed is asked again
MOST = 1024 * 1024  # bytes of an answer


class NoStamp(Exception):
    """The authority gave no token that holds; the message says why."""


def stamp_one(worker=None):
    """Get today's token where none is there yet. Returns whether there was something to do."""
    day = timezone.localdate()
    if not settings.TIMESTAMP_URL or Timestamp.objects.filter(day=day).exists() or cache.get(FAILED):
        return False
    event = CustodyEvent.objects.order_by("-number").first()
    if event is None:
        return False
    try:
        token = _ask(event.hash)
        stamped_at = check(token, event.hash)
    except NoStamp as problem:
        log.warning("The time-stamp authority gave no token: %s", problem)
        cache.set(FAILED, True, WAIT)
        return True
    _keep(day, event, token, stamped_at)
    return True


def _keep(day, event, token, stamped_at):
    try:
        with transaction.atomic():
            Timestamp.objects.create(
                day=day,
                event_number=event.number,
                head=event.hash,
                authority=settings.TIMESTAMP_URL,
                token=token,
                stamped_at=stamped_at,
            )
            note = f"Event {event.number}, {event.hash[:12]}…, by {settings.TIMESTAMP_URL}"
            custody.write(What.TIMESTAMPED, by=None, note=note)
    except IntegrityError:  # another worker had the day's token first
        return


def _ask(head):
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    request = TimestampRequestBuilder().data(head.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    try:
        with urllib3.PoolManager(timeout=30, retries=False) as pool:
            answer = pool.request(
                "POST",
                settings.TIMESTAMP_URL,
                body=request.as_bytes(),
                headers={"Content-Type": "application/timestamp-query", "User-Agent": settings.USER_AGENT},
                preload_content=False,
            )
            with answer:
                body = answer.read(MOST)
    except urllib3.exceptions.HTTPError as problem:
        raise NoStamp(f"it did not answer ({problem.__class__.__name__})") from problem
    if answer.status != 200:
        raise NoStamp(f"it answered {answer.status}")
    return body


def check(token, head):
    """When the authority says that `head` was there, as an aware datetime. Raises NoStamp where the token does not hold."""
    from cryptography import x509
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        answer = decode_timestamp_response(bytes(token))
        builder = VerifierBuilder()
        for root in x509.load_pem_x509_certificates(Path(settings.TIMESTAMP_ROOTS).read_bytes()):
            builder = builder.add_root_certificate(root)
        builder.build().verify(answer, hashlib.sha256(head.encode()).digest())
    except (ValueError, OSError, VerificationError) as problem:
        raise NoStamp(f"the token does not hold ({problem})") from problem
    return answer.tst_info.gen_time


def faults():
    """A sentence for every token that does not hold or does not belong to the chain as it is now. None where none are kept."""
    found = []
    hashes = dict(
        CustodyEvent.objects.filter(number__in=Timestamp.objects.values("event_number")).values_list("number", "hash")
    )
    for stamp in Timestamp.objects.order_by("day").iterator(chunk_size=200):
        if hashes.get(stamp.event_number) != stamp.head:
            found.append(f"Custody event {stamp.event_number} is not the one that was time-stamped on {stamp.day}.")
        try:
            check(stamp.token, stamp.head)
        except NoStamp as problem:
            found.append(f"The time stamp of {stamp.day} cannot be relied on: {problem}.")
    return found
