"""The page for machines before people, and what programs are given before the page of another site."""

import pytest

from .looking import found_wrong
from .test_frames import elsewhere  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

# As pages of other people ask Google's interface, with another host.
ASK = """async ([host, query]) => {
  const url = new URL("/v1alpha1/claims:search", host);
  url.search = new URLSearchParams({key: "AIza", query, languageCode: "en-US", pageSize: 10});
  const response = await fetch(url);
  if (!response.ok) throw new Error((await response.json()).error.message);
  const data = await response.json();
  return (data.claims || []).map((claim) => ({
    text: claim.text, claimant: claim.claimant, said: claim.claimDate && claim.claimDate.split("T")[0],
    publisher: claim.claimReview[0].publisher.name, rating: claim.claimReview[0].textualRating, url: claim.claimReview[0].url,
  }));
}"""
ASK_WITH_A_TAG = """async (url) => {
  const first = await fetch(url, {cache: "no-store"});
  const again = await fetch(url, {cache: "no-store", headers: {"If-None-Match": first.headers.get("ETag")}});
  return [first.status, again.status, (await first.json()).results.length > 0];
}"""


def test_the_page_for_machines_stops_nobody_and_fits_every_width(reader):
    reader.goto("/")
    reader.get_by_role("link", name="For machines").click()
    reader.get_by_role("heading", name="For machines", level=1).wait_for()
    for summary in reader.locator("summary").all():
        summary.click()
    assert found_wrong(reader) == []


def test_a_page_of_another_site_reads_the_worked_example_as_it_would_read_googles(elsewhere, site):  # noqa: F811
    page = elsewhere("")
    [told] = page.evaluate(ASK, [site.address, "visas"])
    assert (told["claimant"], told["rating"]) == ("Jo", "Unproven")
    assert told["url"].startswith(f"{site.address}/claims/")
    assert page.evaluate(ASK, [site.address, "unicorns"]) == []


def test_a_page_of_another_site_may_ask_with_the_tag_that_it_has(elsewhere, site):  # noqa: F811
    assert elsewhere("").evaluate(ASK_WITH_A_TAG, site.at("/api/v1/claims/")) == [200, 304, True]
