"""The database keeps the words of a claim found, whatever migration made its table anew."""

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.database.fulltext import matching


def test_claim_is_found_by_the_words_it_has_now(journalist):
    claim = claims.log_claim(by=journalist, wording="Visas were refused", type="event")
    assert list(matching(Claim.objects.all(), "visas")) == [claim]
    Claim.objects.update(wording="Permits were refused")
    assert list(matching(Claim.objects.all(), "permits")) == [claim]
    assert list(matching(Claim.objects.all(), "visas")) == []
