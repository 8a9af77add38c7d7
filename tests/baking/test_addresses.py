"""One table says of every public address whether it is baked: a new one without its line there fails."""

import pytest
from django.urls import URLResolver, get_resolver

from factcheck.baking import addresses

PARTS = (addresses.ONCE, addresses.OF_A_CLAIM, addresses.OF_AN_EDITION, addresses.PICTURES, addresses.OF_A_FILE)
PARTS += (addresses.OF_A_BLOCK, addresses.PAGE_OF_A_BLOCK, addresses.OF_AN_ENTRY)


def names(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}"


def test_every_public_address_is_baked_or_named_as_one_that_cannot_be():
    public = set(names(get_resolver("factcheck.readers_urls")))
    assert len(public) > 20
    assert public == addresses.named()


def test_no_address_stands_in_two_parts_of_the_table():
    told = [name for part in (*PARTS, *addresses.OF_A_HEADING.values(), addresses.NOT_BAKED) for name in part]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("name", addresses.NOT_BAKED)
def test_what_is_not_baked_has_its_reason_in_a_sentence(name):
    assert str(addresses.NOT_BAKED[name]).endswith(".")
