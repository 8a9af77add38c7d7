"""The manifest of a claim's evidence (EV-10), for people and programs that check it: made of the printed edition alone."""

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from factcheck.published import reading

from .answers import absolute, answer, public, published

TOLD = (
    "title",
    "kind",
    "publisher",
    "published_on",
    "url",
    "archived_url",
    "locator",
    "captured_at",
    "captured_sha256",
)


@public
def evidence(request, slug):
    """Every item of the current edition: what and where it is, what copy of it is kept, and the files readers may have."""
    changed_at, _ = published(reading.changed(slug))
    return answer(request, changed_at, lambda: _json(published(reading.read(slug))))


@public
def sums(request, slug):
    """The files in the form that `sha256sum -c` reads; of copies that we keep and do not hand out, the hash in a remark."""
    changed_at, _ = published(reading.changed(slug))

    def build():
        return HttpResponse(_sums(published(reading.read(slug))), content_type="text/plain; charset=utf-8")

    return answer(request, changed_at, build)


def _json(found):
    slug = found.check.slug
    return JsonResponse(
        {
            "claim": found.document.title,
            "url": absolute(reverse("claim", args=[slug])),
            "edition": found.edition.number,
            "edition_sha256": found.public_digest,
            "printed_at": found.edition.printed_at.isoformat(),
            "retracted": found.check.retracted,
            "evidence": [_item(slug, item) for item in _cited(found)],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _cited(found):
    """The evidence that we rest on: none once the fact-check was retracted, as on its page."""
    return () if found.check.retracted else found.document.evidence


def _item(slug, item):
    told = {name: getattr(item, name) for name in TOLD if getattr(item, name)}
    return {**told, "files": [{**asdict(file), "url": _address(slug, file)} for file in item.files]}


def _address(slug, file):
    return absolute(reverse("claim_file", args=[slug, file.sha256, file.in_address]))


def _sums(found):
    cited = _cited(found)
    lines = [f"{file.sha256}  {file.name}" for file in found.document.files.values()] if cited else []
    for item in cited:
        if item.captured_sha256:
            lines.append(f"# {item.captured_sha256}  copy kept by us, captured {item.captured_at}: {item.url}")
    return "".join(f"{line}\n" for line in lines)
