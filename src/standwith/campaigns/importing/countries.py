"""Countries by the names that people print, in whatever language, to ISO 3166 codes.

Names of states come from CLDR in every language that standwith speaks and in a few others; `_ALSO` adds what CLDR does
not say: short, older and regional names that unions use of themselves. Invariant: a name that is not known gives "",
never a guess. A region is given as the state whose code an organisation there would use; that is no political opinion.
"""

import re
import unicodedata
from functools import cache

from babel import Locale

from standwith.languages import COUNTRIES, INTERFACE, voice

_OTHERS = ("ca", "eu", "nl", "tr", "el", "sv", "da", "nb", "fi", "cs", "sk", "ro", "hu", "hr", "sl", "bg", "sr", "lt")

_ALSO = {
    "ES": """Etat espagnol; Estado español; Estado espanhol; Spanish State; Stato spagnolo; Spanischer Staat;
        Estat espanyol; Catalogne; Catalonia; Cataluña; Catalunya; Catalogna; Catalunha; Katalonien; Katalonia;
        Каталония; Каталонія; Каталонія; كتالونيا; Pays basque; Basque Country; País Vasco; País Basco; Paese basco;
        Paesi Baschi; Euskadi; Euskal Herria; Baskenland; Baskonia; Страна Басков; Країна Басків; إقليم الباسك; Galice;
        Galicia; Galiza; Andalousie; Andalucía; Andalusia; Canarias; Canaries""",
    "GB": """Grande-Bretagne; Great Britain; Britain; Gran Bretaña; Grã-Bretanha; Gran Bretagna; Grossbritannien;
        Angleterre; England; Inglaterra; Inghilterra; Anglia; Ecosse; Scotland; Escocia; Escócia; Scozia; Schottland;
        Szkocja; Pays de Galles; Wales; Gales; Galles; Walia; Irlande du Nord; Northern Ireland; Irlanda del Norte;
        Irlanda do Norte; Irlanda del Nord; Nordirland; UK; U.K.; United Kingdom; بريطانيا; بريطانيا العظمى; إنجلترا;
        انجلترا; Великобритания; Британия; Англия; Шотландия; Великобританія; Британія; Англія; Шотландія;
        Вялікабрытанія; Шатландыя; დიდი ბრიტანეთი; ბრიტანეთი; ინგლისი; Улуу Британия; Англия""",
    "US": """USA; U.S.A.; U.S.; United States of America; Etats-Unis d'Amérique; EEUU; EE.UU.; EE. UU.;
        Estados Unidos de América; EUA; E.U.A.; Estados Unidos da América; Stati Uniti d'America; Vereinigte Staaten;
        Vereinigte Staaten von Amerika; США; ЗША; АКШ; აშშ; أمريكا; الولايات المتحدة; الولايات المتحدة الأمريكية""",
    "PS": """Palestine; Palestina; Palästina; فلسطين; Палестина; Палестына; პალესტინა; Palestyna; Gaza;
        State of Palestine; Etat de Palestine; Cisjordanie; West Bank""",
    "BY": """Bélarus; Biélorussie; Bielorrusia; Belarús; Bielorrússia; Bielorússia; Bielorussia; Belarus; Weissrussland;
        Byelorussia; Белоруссия; Беларусь; Білорусь; ბელარუსი; ბელორუსია; Białoruś; روسيا البيضاء;
        بيلاروس; بيلاروسيا""",
    "BF": "Burkina", "HK": "Hong Kong; Hongkong; Hong-Kong; Гонконг; هونغ كونغ; ჰონგ კონგი; Hongkong",
    "MO": "Macao; Macau", "CI": "Côte d'Ivoire; Ivory Coast; Costa de Marfil; Costa do Marfim; Elfenbeinküste",
    "CD": """RDC; RD Congo; DR Congo; DRC; Congo-Kinshasa; République démocratique du Congo; Congo RDC;
        Democratic Republic of the Congo; República Democrática del Congo; República Democrática do Congo""",
    "CG": "Congo-Brazzaville; Congo; República del Congo; République du Congo",
    "CZ": "Czech Republic; République tchèque; República Checa; Repubblica Ceca; Tschechische Republik; Чехия; Чехія",
    "KR": "Korea; South Korea; Corée; Corée du Sud; Corea; Coreia; Corea del Sur; Coreia do Sul; Republic of Korea",
    "NL": "Holland; Hollande; Holanda; Olanda; The Netherlands; Pays-Bas",
    "TR": "Turkey; Turkiye; Türkiye; Turquie", "MM": "Burma; Birmanie; Birmania; Birmânia; Birma",
    "SZ": "Swaziland", "MK": "Macedonia; Macédoine; Mazedonien", "TW": "Formosa", "IR": "Islamic Republic of Iran",
    "RU": "Russian Federation; Fédération de Russie; Российская Федерация; РФ; Russie; Federación de Rusia",
    "CA": "Québec; Quebec; Québec/Canada", "NC": "Kanaky; Kanaky-Nouvelle-Calédonie", "RE": "Réunion; Reunion",
    "FR": "Corse; Corsica; Bretagne; Occitanie; Ile-de-France", "IT": "Sardaigne; Sardegna; Sardinia; Sicile; Sicilia",
    "IE": "Eire; Republic of Ireland; République d'Irlande; Irlande", "DE": "RFA; Bundesrepublik Deutschland",
    "CV": "Cabo Verde; Cap-Vert; Cape Verde", "TL": "East Timor; Timor oriental; Timor Leste",
    "EH": "Sahara occidental; Western Sahara; RASD; Sáhara Occidental; Sahara Occidentale; Westsahara",
    "VE": "Vénézuela; Venezuela", "BO": "Bolivie", "TZ": "Tanzanie", "SY": "Syrie", "LA": "Laos", "MD": "Moldavie",
    "GE": "République de Géorgie", "AE": "UAE; Emirats arabes unis", "ZA": "RSA; Azania", "XK": "Kosova",
    "CF": "Centrafrique; RCA", "DO": "République dominicaine; Rep. Dominicana", "SV": "Salvador", "AU": "Australie",
}  # fmt: skip


def country_code(name: str) -> str:
    """The code of a country's name as printed; "" if nobody calls a country so."""
    return _names().get(_plainly(name), "")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code in INTERFACE:
        names |= {_plainly(name): territory for territory, name in voice(code).countries()}
    for code in (*INTERFACE, *_OTHERS):
        for territory, name in Locale.parse(code).territories.items():
            if territory in COUNTRIES:
                names.setdefault(_plainly(name), territory)
                names.setdefault(_plainly(re.sub(r"\(.*?\)", "", name)), territory)
    for territory, printed in _ALSO.items():
        names |= {_plainly(name): territory for name in printed.split(";")}
    return names


def _plainly(name: str) -> str:
    """Without capitals, accents, hyphens and stops, so that Côte d’Ivoire and COTE D'IVOIRE are one."""
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    letters = "".join(" " if sign in "-–'’ʼ.,()" else sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(letters.split())
