"""The public text: every key that leaves the house, and nothing that leads to a claim readers may not know of."""

import hashlib
import json
from dataclasses import replace

from factcheck.published.document import LinkLine, as_json
from factcheck.published.models import Edition
from factcheck.published.outward import public_digest, public_document, public_text

from .documents import visa_document

# A key that is not here does not leave the house: adding one is a decision about what the world is told.
KEYS = (
    "appearances claim_type claim_type_label evidence language quotation replies said short_form signed_off_by slug speaker "
    "story topics verdict why_chosen wording written_by"
)


def an_edition(**changes):
    document = replace(visa_document(), **changes)
    return Edition(number=1, document=as_json(document), printed_by="editor", fingerprint="f" * 64)


def test_every_key_that_leaves_the_house_is_named_here():
    assert sorted(public_document(an_edition())) == sorted(KEYS.split())


def test_nothing_leads_to_a_tied_claim_or_back_to_the_newsroom():
    tied = an_edition(claim_ref="ref-of-this", links=(LinkLine("split_from", "ref-of-another"),))
    text = public_text(tied)
    assert not [secret for secret in ("ref-of-this", "ref-of-another", "f" * 64, "printed_by") if secret in text]


def test_a_tie_to_another_claim_leaves_the_text_and_its_digest_as_they_were():
    plain, tied = an_edition(links=()), an_edition(links=(LinkLine("split_from", "another"),))
    assert (public_text(plain), public_digest(plain)) == (public_text(tied), public_digest(tied))


def test_an_outsider_computes_the_digest_with_two_functions_of_the_standard_library():
    edition = an_edition(why_chosen="ئۇيغۇر")
    text = json.dumps(public_document(edition), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert public_digest(edition) == hashlib.sha256(text.encode()).hexdigest()
