"""Two processes that keep their pages in one Redis: one makes a page for both, and a correction is seen through both at once."""

import redis as driver

from tests.bench.bench_serving import Serving
from tests.bench.crowd import get
from tests.bench.load_readers import an_editor


def test_a_correction_is_seen_through_either_process_on_the_next_request(committed_database, redis):
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    environment = committed_database.environment  # the address of Redis is in it
    with Serving(environment) as one, Serving(environment) as other, an_editor(environment) as (slug, correct):
        pages = (f"/claims/{slug}/", "/claims/", f"/api/v1/claims/{slug}/")
        words = "Uyghur national in New Zealand"
        for _ in range(3):
            for page in pages:
                first = get(one.port, page)
                made = kept(environment)
                assert (first[0], words in first[2]) == (200, True)
                assert get(other.port, page)[2] == first[2]
                assert kept(environment) == made  # the other one made none of its own
            words = correct()


def kept(environment):
    with driver.from_url(environment["CACHE_URL"]) as server:
        return set(server.keys("factcheck:*"))
