"""An invented network's statement: a letterhead in seven languages, four versions, a list of organisations.

It has what real ones have: a paragraph that a page break tore, a sentence that one version lacks, headings of lists in
English and countries in French, an organisation without a country.
"""

from datetime import date

from standwith.campaigns.importing import Brought, Wishes, bring
from standwith.documents import read_document
from tests.documents.writing import WRITERS, Piece

WISHES = Wishes(identifier="free-the-miners", today=date(2026, 11, 22))

LETTERHEAD = (
    "Example Network of Solidarity among Workers",
    "Réseau d'exemple de la solidarité entre travailleurs",
    "Rede de exemplo da solidariedade entre trabalhadores",
    "Red de ejemplo de la solidaridad entre los trabajadores",
    "Rete d'esempio della solidarietà tra i lavoratori",
    "شبكة المثال للتضامن بين العمال",
    "Beispielnetzwerk der Solidarität zwischen den Arbeitern",
)
VERSIONS = {
    "fr": (
        "Libérez les mineurs, maintenant !",
        "Le mardi 14 mars 2023, la police a arrêté 17 mineurs devant la mine de l'exemple. Ils "
        "demandaient leur salaire, "
        "que l'entreprise ne paie plus depuis l'automne.",
        "Depuis, leurs familles n'ont reçu aucune nouvelle. Les avocats attendent devant la porte de la prison, et "
        "personne ne leur ouvre.",
        "Nous demandons au ministère de libérer tous les mineurs et de payer ce qui leur est dû. Nous le redirons "
        "chaque semaine, dans 12 villes, jusqu'à ce que le dernier soit libre.",
    ),
    "en": (
        "Free the miners, now!",
        "On Tuesday 14 March 2023 the police arrested 17 miners in front of the example mine. They were "
        "asking for their "
        "wages, which the company has not paid since the autumn.",
        "Since then their families have had no news at all. The lawyers wait at the gate of the prison, "
        "and nobody opens "
        "it for them.",
        "We ask the ministry to free all the miners and to pay what is owed to them. We shall say so again every week, "
        "until the last of them is free.",
    ),
    "es": (
        "¡Libertad para los mineros, ya!",
        "El martes 14 de marzo de 2023 la policía detuvo a 17 mineros delante de la mina del ejemplo. "
        "Pedían su salario, "
        "que la empresa no paga desde el otoño.",
        "Desde entonces sus familias no han tenido ninguna noticia. Los abogados esperan ante la puerta de la cárcel y "
        "nadie les abre.",
        "Pedimos al ministerio que libere a todos los mineros y que pague lo que se les debe. Lo "
        "diremos cada semana, en "
        "12 ciudades, hasta que el último esté libre.",
    ),
    "pt": (
        "Liberdade para os mineiros, já!",
        "Na terça-feira, 14 de março de 2023, a polícia prendeu 17 mineiros em frente à mina do exemplo. Eles pediam o "
        "seu salário, que a empresa não paga desde o outono.",
        "Desde então as suas famílias não tiveram nenhuma notícia. Os advogados esperam diante do portão da prisão, e "
        "ninguém lhes abre.",
        "Pedimos ao ministério que liberte todos os mineiros e que pague o que lhes é devido. Vamos dizê-lo todas as "
        "semanas, em 12 cidades, até que o último esteja livre.",
    ),
}
LISTS: dict[str, tuple[tuple[str, tuple[str, str, str, str]], ...]] = {
    "National inter professional labour organizations": (
        ("Central de exemplo (**CEX**) - Brésil.", ("Central de exemplo", "CEX", "national-interprofessional", "BR")),
        (
            "Confédération d'exemple - Les unis (**CE LU**) - Etat espagnol",
            ("Confédération d'exemple - Les unis", "CE LU", "national-interprofessional", "ES"),
        ),
    ),
    "Local labour organizations": (
        ("Miners of Example, Leeds – Angleterre.", ("Miners of Example, Leeds", "", "local", "GB")),
        ("(مثال) - Syndicat de la mine (**Misal**) – Iran.", ("Syndicat de la mine", "Misal", "local", "IR")),
    ),
    "International labour organizations": (
        ("Workers of Everywhere - Example (**WEX**).", ("Workers of Everywhere - Example", "WEX", "international", "")),
    ),
}
ORGANISATIONS = [row for rows in LISTS.values() for _, row in rows]


def pieces(*, torn: bool = False) -> list[Piece]:
    """The document; `torn` breaks a paragraph of the Spanish version in the middle of a sentence."""
    made: list[Piece] = [("", "\n".join(f"**{line}**" for line in LETTERHEAD))]
    for code, (title, *paragraphs) in VERSIONS.items():
        made.append(("##" if code in ("fr", "pt") else "#", title))
        for text in paragraphs:
            halves = text.split(" y nadie ") if torn else [text]
            made += [("", halves[0] + " y"), ("", "nadie " + halves[1])] if len(halves) == 2 else [("", text)]
    made.append(("##", "The organizations belonging to the Example Network of Solidarity"))
    for heading, rows in LISTS.items():
        made += [("###", heading), *(("-", line) for line, _ in rows)]
    return made


def imported(ending: str = "md", *, torn: bool = False, wishes: Wishes = WISHES) -> Brought:
    """The document in a format, imported."""
    data = WRITERS[ending](pieces(torn=torn))
    return bring([(read_document(f"network.{ending}", data), data)], wishes)
