"""What is a domain, and what somebody meant who wrote something else."""

import pytest

from standwith.organisations import NotADomain, parse_domain
from standwith.organisations.domains import is_below


@pytest.mark.parametrize(
    "domain", ["example.org", "metal.example.org", "xn--e1afmkfd.xn--p1ai", "пример.бел", "a-b.uk"]
)
def test_domains(domain: str) -> None:
    assert parse_domain(domain) == domain


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("https://www.example.org/about", "www.example.org"),
        ("Example.ORG", "example.org"),
        ("desk@example.org", "example.org"),
        ("example.org.", "example.org"),
        ("example.org/", "example.org"),
        ("localhost", ""),
        ("192.0.2.1", ""),
        ("-a.org", ""),
        ("a_b.org", ""),
        ("two words", ""),
        ("http://[", ""),
        ("a" * 64 + ".org", ""),
    ],
)
def test_what_is_none(written: str, better: str) -> None:
    with pytest.raises(NotADomain) as refused:
        parse_domain(written)
    assert refused.value.better == better


def test_below() -> None:
    assert is_below("metal.example.org", "example.org") and is_below("example.org", "example.org")
    assert not is_below("notexample.org", "example.org") and not is_below("example.org", "metal.example.org")
