"""Names of columns as people write them, in the languages that standwith speaks, to the columns of a campaign folder.

Invariant: a heading means one column or none; which column it is does not depend on capitals, accents or stops. Our own
names of columns always count. `given` and `family` are columns of theirs that become one name. What is not known here
is said with --map.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from standwith.campaigns.shapes import TABLES
from standwith.campaigns.tables.sheets import Line, Sheet
from standwith.organisations import words_of

KINDS = ("people", "organisations", "targets")
HALVES = ("given", "family")
SEARCHED_ROWS = 20
"""How far down the row with the headings is looked for, below a title."""

_COMMON = {
    "name": """
        full name; names; nom; nom complet; noms; nom et prénom; nom prénom; nombre; nombre completo; nombre y
        apellidos; nome; nome completo; nome e cognome; nominativo; vollständiger name; vor- und nachname; الاسم;
        اسم; الاسم الكامل; имя; фио; ф.и.о.; фамилия имя отчество; имя и фамилия; название; наименование; імя;
        прозвішча і імя; піб; п.і.б.; прізвище та ім'я; назва; სახელი; სახელი და გვარი; სახელი გვარი; დასახელება;
        аты; аты-жөнү; аталышы; imię i nazwisko; nazwa; nazwisko i imię""",
    "country": """
        land; pays; país; pais; paese; nazione; staat; state; البلد; بلد; الدولة; страна; государство; краіна;
        країна; ქვეყანა; өлкө; мамлекет; kraj; państwo; country code; iso""",
    "organisation": """
        organization; union; trade union; employer; organisation syndicale; syndicat; organización; sindicato;
        organização; organizzazione; gewerkschaft; verband; المنظمة; النقابة; организация; профсоюз; арганізацыя;
        прафсаюз; організація; профспілка; ორგანიზაცია; პროფკავშირი; уюм; кесиптик бирлик; organizacja; związek;
        związek zawodowy""",
    "source": """
        reference; quelle; fuente; fonte; المصدر; источник; крыніца; джерело; წყარო; булак; źródło""",
}

_HEADINGS: Mapping[str, Mapping[str, str]] = {
    "people": {
        "name": _COMMON["name"] + "; person; personne; persona; pessoa; человек; чалавек; людина; osoba; pseudonym",
        "given": """
        first name; given name; forename; prénom; nombre de pila; primer nombre; nome próprio; vorname; الاسم الأول;
        имя собственное; імя ўласнае; ім'я; imię""",
        "family": """
        last name; surname; family name; nom de famille; apellido; apellidos; sobrenome; apelido; cognome; nachname;
        familienname; اللقب; اسم العائلة; фамилия; прозвішча; прізвище; გვარი; фамилиясы; nazwisko""",
        "role": """
        function; position; job; occupation; profession; fonction; rôle; métier; función; cargo; oficio; rol;
        função; papel; profissão; ruolo; funzione; professione; rolle; funktion; beruf; الدور; المنصب; الوظيفة;
        المهنة; роль; должность; профессия; роля; пасада; прафесія; посада; професія; როლი; თანამდებობა; პროფესია;
        ролу; кызматы; кесиби; rola; funkcja; stanowisko; zawód""",
        "organisation": _COMMON["organisation"],
        "shown": "what is shown; visibility; montré; sichtbar",
        "consent": """
        agreement; consentement; consentimiento; consentimento; consenso; einwilligung; zustimmung; الموافقة;
        согласие; згода; თანხმობა; макулдук; zgoda""",
        "risk": "risque; riesgo; risco; rischio; risiko; الخطر; риск; рызыка; ризик; რისკი; коркунуч; ryzyko",
        "sources": "",
        "photo": "photograph; picture; foto; fotografía; fotografia; الصورة; фото; фотография; фатаграфія; ფოტო; сүрөт",
        "photo_consent": "photo consent; consent for photo",
        "born": """
        year of birth; birth year; année de naissance; né en; año de nacimiento; ano de nascimento; anno di nascita;
        geburtsjahr; سنة الميلاد; год рождения; год нараджэння; рік народження; დაბადების წელი; туулган жылы; rok
        urodzenia""",
        "birthday": """
        day of birth; anniversaire; cumpleaños; aniversário; compleanno; geburtstag; عيد الميلاد; день рождения;
        дзень нараджэння; день народження; დაბადების დღე; туулган күнү; urodziny; dzień urodzin""",
        "hearing": """
        next hearing; court date; trial date; audience; prochaine audience; audiencia; próxima audiencia; audiência;
        udienza; prossima udienza; verhandlung; nächste verhandlung; gerichtstermin; الجلسة; الجلسة القادمة;
        заседание; следующее заседание; суд; пасяджэнне; засідання; სხდომა; сот отуруму; rozprawa; następna rozprawa""",
        "review": "review by; look again; à revoir; revisar; überprüfen bis; проверить до",
        "date": """
        since; when; status date; depuis; fecha; desde; data; dal; datum; seit; التاريخ; дата; с какого числа;
        თარიღი; датасы; od""",
        "status": """
        state; situation; état; statut; situation actuelle; estado; situación; situação; stato; situazione; zustand;
        الحالة; الوضع; статус; состояние; положение; стан; становішча; სტატუსი; абалы; stan; sytuacja""",
        "detail": """
        details; note; notes; remarks; comment; comments; détail; détails; remarques; detalle; detalles; notas;
        detalhe; observações; dettagli; osservazioni; einzelheiten; anmerkung; bemerkung; ملاحظات; تفاصيل;
        примечание; подробности; комментарий; заўвага; примітка; შენიშვნა; эскертүү; uwagi; szczegóły""",
        "source": _COMMON["source"],
    },
    "organisations": {
        "name": f"""{_COMMON["name"]}; {_COMMON["organisation"]}; organisation; organisations; endorser; signatory;
        name of organisation; name of the organisation; name of union; name of the union; organisation name; union name;
        nom de l'organisation; nom du syndicat; nombre de la organización; nombre del sindicato; nome da organização;
        nome do sindicato; nome dell'organizzazione; nome del sindacato; name der organisation; name der gewerkschaft;
        اسم المنظمة; اسم النقابة; название организации; название профсоюза; назва арганізацыі; назва прафсаюза;
        назва організації; назва профспілки; ორგანიზაციის სახელი; პროფკავშირის სახელი; уюмдун аталышы;
        nazwa organizacji; nazwa związku""",
        "acronym": """
        abbreviation; short name; sigle; acronyme; abréviation; siglas; sigla; acrónimo; abreviatura; acrônimo;
        acronimo; abkürzung; kürzel; kurzname; الاختصار; المختصر; аббревиатура; сокращение; абрэвіятура; скарачэнне;
        абревіатура; скорочення; აბრევიატურა; შემოკლება; кыскартма; skrót; skrótowiec""",
        "scope": """
        level; type; group; kind; niveau; type d'organisation; groupe; ámbito; tipo; grupo; nivel; âmbito; nível;
        livello; gruppo; ebene; art; gruppe; النوع; المستوى; уровень; тип; группа; узровень; рівень; დონე; ტიპი;
        деңгээли; түрү; poziom; typ; rodzaj""",
        "sector": """
        industry; branch; trade; secteur; branche; sector; rama; setor; ramo; settore; categoria; sektor; القطاع;
        отрасль; сектор; галіна; галузь; სექტორი; დარგი; тармак; branża""",
        "country": _COMMON["country"],
        "parent": """
        federation; affiliation; affiliated to; member of; confederation; umbrella; fédération; confédération;
        membre de; affiliée à; federación; confederación; miembro de; federação; confederação; membro de;
        federazione; confederazione; dachverband; mitglied von; الاتحاد; عضو في; федерация; член; входит в;
        федэрацыя; федерація; ფედერაცია; федерациясы; federacja; konfederacja; członek""",
        "url": """
        website; web; web site; site; homepage; link; site web; site internet; sitio web; página web; sítio; sito;
        sito web; webseite; internetseite; الموقع; الموقع الإلكتروني; сайт; веб-сайт; ссылка; сайты; вебсайт;
        ვებსაიტი; საიტი; strona; strona internetowa; www""",
        "endorses": """
        endorsed; signed; signs; signatory yes no; signe; signé; signataire; soutient; firma; firmó; firmante;
        apoya; assina; assinou; signatário; apoia; firmato; firmatario; sostiene; unterzeichnet; unterstützt; يوقع;
        موقع; подписал; подписала; поддерживает; падпісала; підписала; підтримує; ხელი მოაწერა; кол койгон;
        podpisał; popiera""",
    },
    "targets": {
        "name": _COMMON["name"] + "; addressee; target; destinataire; destinatario; destinatário; empfänger; адресат",
        "office": """
        position; role; function; title; fonction; poste; cargo; puesto; função; carica; funzione; amt; funktion;
        المنصب; الوظيفة; должность; пост; пасада; посада; თანამდებობა; кызматы; stanowisko; urząd""",
        "organisation": _COMMON["organisation"] + "; institution; ministry; institución; ministère; behörde; ведомство",
        "country": _COMMON["country"] + "; answers for; country it answers for",
        "language": """
        languages; langue; idioma; lengua; língua; lingua; sprache; اللغة; язык; мова; ენა; тил; język""",
        "email": """
        e-mail; mail; email address; e-mail address; courriel; adresse électronique; adresse mail; correo; correo
        electrónico; correio eletrónico; posta elettronica; e-mail-adresse; البريد الإلكتروني; البريد; почта;
        электронная почта; эл. почта; эл почта; электронная пошта; електронна пошта; ელფოსტა; ელ ფოსტა; почтасы;
        poczta elektroniczna; адрес электронной почты""",
        "postal": """
        address; postal address; street; adresse; adresse postale; dirección; dirección postal; endereço; morada;
        indirizzo; postadresse; anschrift; العنوان; адрес; почтовый адрес; адрас; адреса; поштова адреса; მისამართი;
        дареги; adres; adres pocztowy""",
        "source": _COMMON["source"],
        "checked_on": """
        checked; verified; last checked; vérifié; vérifié le; comprobado; verificado; verificato; geprüft; geprüft
        am; تم التحقق; проверено; праверана; перевірено; შემოწმდა; текшерилди; sprawdzono""",
    },
}


class Headed(Struct, frozen=True):
    """A sheet whose headings were found: our column by the place of theirs, what they call it, and the rows below."""

    sheet: str
    row: int
    columns: Mapping[int, str]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


@cache
def _known(kind: str) -> Mapping[str, str]:
    """Our column by the folded heading."""
    ours = TABLES[f"{kind}.csv"].names
    known = {fold_heading(name): name for name in ours}
    for name, written in _HEADINGS[kind].items():
        for heading in filter(None, (fold_heading(each) for each in written.split(";"))):
            known.setdefault(heading, name)
    return known


def fold_heading(heading: str) -> str:
    """A heading without capitals, accents, stops and what stands in brackets."""
    return " ".join(words_of(heading.partition("(")[0] or heading))


def column_of(kind: str, heading: str, told: Mapping[str, str]) -> str:
    """Our column for a heading of theirs; "" if it is not known. `told` comes first: folded heading to column."""
    folded = fold_heading(heading)
    return told.get(folded) or _known(kind).get(folded, "")


def find_headings(kind: str, sheet: Sheet, told: Mapping[str, str]) -> Headed | None:
    """The row that names the most columns of ours, and what stands below; None if no row names one."""
    best: Headed | None = None
    for place, line in enumerate(sheet.lines[:SEARCHED_ROWS]):
        columns = _columns(kind, line.cells, told)
        if columns and (best is None or len(columns) > len(best.columns)):
            best = Headed(sheet.name, line.number, columns, line.cells, sheet.lines[place + 1 :])
    return best


def _columns(kind: str, cells: Sequence[str], told: Mapping[str, str]) -> Mapping[int, str]:
    """The first of two columns that mean the same counts."""
    found: dict[int, str] = {}
    for place, heading in enumerate(cells):
        name = column_of(kind, heading, told) if heading and len(heading) < 80 else ""
        if name and name not in found.values():
            found[place] = name
    return found
