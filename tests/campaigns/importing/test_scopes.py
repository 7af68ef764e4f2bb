"""Headings of lists in the languages of the movement."""

import pytest

from standwith.campaigns.importing.scopes import guess_scope, scope_of


@pytest.mark.parametrize(
    ("heading", "scope"),
    [
        ("National inter professional labour organizations", "national-interprofessional"),
        ("Organisations syndicales nationales interprofessionnelles", "national-interprofessional"),
        ("National professional labour organizations", "national-sectoral"),
        ("Organisations syndicales nationales professionnelles", "national-sectoral"),
        ("Organizaciones sindicales nacionales profesionales", "national-sectoral"),
        ("Organizações sindicais setoriais", "national-sectoral"),
        ("Отраслевые профсоюзы", "national-sectoral"),
        ("Branżowe związki zawodowe", "national-sectoral"),
        ("Local labour organizations", "local"),
        ("Organisations syndicales locales", "local"),
        ("Lokale Gewerkschaften", "local"),
        ("Місцеві профспілки", "local"),
        ("International labour organizations", "international"),
        ("Організації міжнародні", "international"),
        ("المنظمات الدولية", "international"),
        ("Trends, tendencies or labour networks", "network"),
        ("Courants, tendances ou réseaux syndicaux", "network"),
        ("Corrientes, tendencias o redes sindicales", "network"),
        ("Who signs", ""),
    ],
)
def test_a_heading_names_its_group(heading: str, scope: str) -> None:
    assert scope_of(heading) == scope


def test_without_a_heading_the_name_is_asked() -> None:
    assert guess_scope("Confederación de ejemplo", "ES") == "national-interprofessional"
    assert guess_scope("Example Network", "GB") == "network"
    assert guess_scope("Example Dockers", "GR") == "national-sectoral"
    assert guess_scope("Example Dockers", "") == "international"
