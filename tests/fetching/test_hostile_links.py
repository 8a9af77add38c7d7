"""Links that try to lead our server to a machine behind its own doors. Not one of them makes a connection."""

import ipaddress
import socket
from contextlib import suppress

import pytest

from factcheck.fetching import links
from factcheck.fetching.addresses import is_public, named_allowance
from factcheck.fetching.fetch import Fetcher
from factcheck.fetching.refusals import Failed, Forbidden

from .conftest import SMALL
from .web import to

# Every one names the port of the listening server, which hears calls on any address of this machine.
HOSTILE = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.2:{port}/",
    "http://127.255.255.254:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://１２７.0.0.1:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd12:3456::1]:{port}/",
    "http://[fec0::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://10.0.0.1:{port}/",
    "http://172.16.0.1:{port}/",
    "http://172.31.255.255:{port}/",
    "http://192.168.1.1:{port}/",
    "http://169.254.169.254:{port}/latest/meta-data/",
    "http://100.64.0.1:{port}/",
    "http://100.127.255.254:{port}/",
    "http://192.0.0.1:{port}/",
    "http://198.18.0.1:{port}/",
    "http://224.0.0.1:{port}/",
    "http://240.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
    "http://user:password@127.0.0.1:{port}/",
    "http://news.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@news.example/",
    "http://news.example\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@news.example/",
    "http://news.example#@127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/\r\nHost: news.example",
    "http://127.0.0.1\t:{port}/",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET",
    "file://127.0.0.1:{port}/etc/passwd",
    "ws://127.0.0.1:{port}/",
    "javascript:fetch('http://127.0.0.1:{port}/')",
    "data:text/html,<img src=http://127.0.0.1:{port}/>",
    "view-source:http://127.0.0.1:{port}/",
    "jar:http://127.0.0.1:{port}!/",
    "",
]
EVERYWHERE = [named_allowance("0.0.0.0/0"), named_allowance("::/0")]
fetch_anything = Fetcher("Tests/1", limits=SMALL)


def named(table):
    """A look-up in which each name has these addresses; a list of lists gives another answer each time."""
    asked = []

    def look_up(host, port, **kind):
        asked.append(host)
        addresses = table[host]
        if addresses and isinstance(addresses[0], list):
            addresses = addresses.pop(0)
        return [found for address in addresses for found in socket.getaddrinfo(address, port, **kind)]

    look_up.asked = asked
    return look_up


@pytest.mark.parametrize("link", HOSTILE)
def test_hostile_link_makes_no_connection(web, link):
    web.called_on.clear()
    with pytest.raises((Forbidden, Failed)) as refused:
        fetch_anything.fetch(link.format(port=web.port))
    assert web.called_on == []
    assert isinstance(refused.value, Forbidden) or refused.value.code == "no-such-host"
    assert refused.value.sentence.endswith(".")


def test_most_of_them_would_have_reached_this_machine(web):
    """The control: with the check of the address taken off, the same links do call on the server."""
    open_to_all = Fetcher("Tests/1", limits=SMALL, allowances=EVERYWHERE)
    reached = 0
    for link in HOSTILE:
        if "127" in link or "local" in link.lower() or "://0" in link or "[::" in link:
            web.called_on.clear()
            try:
                open_to_all.fetch(link.format(port=web.port))
            except (Forbidden, Failed):
                continue
            reached += bool(web.called_on)
    assert reached >= 15


@pytest.mark.parametrize("link", [link for link in HOSTILE if link])
def test_redirect_to_a_hostile_link_makes_no_second_connection(web, link):
    at_first = Fetcher("Tests/1", limits=SMALL, allowances=[named_allowance(f"127.9.9.9:{web.port}")])
    place = link.format(port=web.port).encode("utf-8").decode("latin-1").replace("\r\n", "")
    web.pages["/start"] = to(place)
    with suppress(Forbidden, Failed):  # some of them, read from a page, are only another page of that site
        at_first.fetch(web.url("/start", host="127.9.9.9"))
    assert set(web.called_on) == {"127.9.9.9"}


def test_name_with_one_private_address_is_not_dialled_at_all(web):
    resolve = named({"mixed.example": ["127.9.9.9", "10.0.0.1"]})
    allowed = [named_allowance(f"127.9.9.9:{web.port}")]
    with pytest.raises(Forbidden, match="address"):
        Fetcher("Tests/1", limits=SMALL, allowances=allowed, resolve=resolve).fetch(web.url(host="mixed.example"))
    assert web.called_on == []


def test_name_is_looked_up_once_and_dialled_as_it_was_checked(web):
    """DNS that changes its answer between the check and the call finds no second look-up to answer."""
    resolve = named({"changing.example": [["127.9.9.9"], ["127.0.0.1"]]})
    fetcher = Fetcher("T/1", limits=SMALL, allowances=[named_allowance(f"127.9.9.9:{web.port}")], resolve=resolve)
    assert fetcher.fetch(web.url(host="changing.example")).last.address == "127.9.9.9"
    assert (web.called_on, resolve.asked) == (["127.9.9.9"], ["changing.example"])


def test_name_that_changes_its_answer_before_a_redirect_is_checked_again(web):
    resolve = named({"changing.example": [["127.9.9.9"], ["127.0.0.1"]]})
    fetcher = Fetcher("T/1", limits=SMALL, allowances=[named_allowance(f"127.9.9.9:{web.port}")], resolve=resolve)
    web.pages["/start"] = to("/secret")
    with pytest.raises(Forbidden, match="address"):
        fetcher.fetch(web.url("/start", host="changing.example"))
    assert (web.called_on, web.paths) == (["127.9.9.9"], ["/start"])


def test_tls_goes_through_the_same_check(web):
    with pytest.raises(Forbidden, match="address"):
        fetch_anything.fetch(f"https://localhost:{web.port}/")
    assert web.called_on == []


@pytest.mark.parametrize("port", [1, 22, 25, 53, 143, 443, 1023])
def test_port_where_no_page_is_served_is_refused(port):
    with pytest.raises(Forbidden, match="port"):
        links.parse(f"http://news.example:{port}/")


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "2a00:1450:4001::200e"])
def test_public_address_is_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("text", "covers", "covers_not"),
    [
        ("127.0.0.1", ("127.0.0.1", 80), ("127.0.0.2", 80)),
        ("127.0.0.1:8099", ("127.0.0.1", 8099), ("127.0.0.1", 8098)),
        ("10.0.0.0/8", ("10.9.8.7", 443), ("11.0.0.1", 443)),
        ("[::1]:80", ("::1", 80), ("::1", 81)),
        ("::1", ("::1", 9), ("127.0.0.1", 9)),
    ],
)
def test_allowance_covers_what_it_names_and_no_more(text, covers, covers_not):
    allowance = named_allowance(text)
    assert allowance.covers(ipaddress.ip_address(covers[0]), covers[1])
    assert not allowance.covers(ipaddress.ip_address(covers_not[0]), covers_not[1])


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "10.0.0.1/8", "[::1"]
)
def test_allowance_that_names_nothing_is_refused(text):
    with pytest.raises(ValueError):
        named_allowance(text)


@pytest.mark.parametrize(
    ("typed", "goes_to"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("https://news.example:443/a?b=c#d", "https://news.example/a?b=c"),
        ("http://münchen.example/straße", "http://xn--mnchen-3ya.example/stra%C3%9Fe"),
        (" http://news.example/ ", "http://news.example/"),
        ("http://news.example/a%20b", "http://news.example/a%20b"),
        ("http://[2606:2800:220:1::1]:8080/", "http://[2606:2800:220:1::1]:8080/"),
    ],
)
def test_link_is_made_into_one_that_can_be_asked_for(typed, goes_to):
    assert str(links.parse(typed)) == goes_to
