"""Citations as the programs that read them see them: pybtex, and a processor of CSL."""

import json
import warnings
from datetime import date as day
from typing import Any

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from django.test import Client
from pybtex.database import Entry, Person, parse_string

from events.models import Source
from tests.factories import make_source, make_statement

pytestmark = pytest.mark.django_db

# What biblatex demands of a type beside author, title and date, which may be unknown.
NEEDED = {
    "article": {"journaltitle"},
    "report": {"type", "institution"},
    "book": set(),
    "dataset": set(),
    "online": {"url"},
    "misc": set(),
}


def cited(client: Client, form: str, source: Source) -> str:
    """The citation of a statement that stands in the source."""
    statement = make_statement()
    statement.citations.update(source=source)
    answer = client.get(f"{statement.get_absolute_url()}citation.{form}")
    assert answer.status_code == 200
    return answer.content.decode()


def entry(client: Client, **values: Any) -> Entry:
    """The source's entry, as pybtex reads it."""
    source = make_source(**values)
    entries = parse_string(cited(client, "bib", source), "bibtex").entries
    found = entries[f"source-{source.slug}"]
    assert NEEDED[found.type] <= set(found.fields)
    return found


def item(client: Client, **values: Any) -> dict[str, Any]:
    source = make_source(**values)
    return json.loads(cited(client, "json", source))[1]  # type: ignore[no-any-return]


def printed(client: Client, **values: Any) -> str:
    """The source in the list of references that a processor makes of it, in one style."""
    given = item(client, **values)
    with warnings.catch_warnings():
        # It knows no item type “document”, and says that it takes it for a general one.
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        works = CitationStylesBibliography(style, CiteProcJSON([given]), formatter.plain)
        works.register(Citation([CitationItem(given["id"])]))
        return str(works.bibliography()[0])


NEWS = {"title": "A strike", "kind": "article", "publisher": "The Daily"}


def test_article_stands_in_its_newspaper(client: Client) -> None:
    found = entry(client, **NEWS, author="Arendt, Hannah", date="2017-04-05")
    assert found.type == "article"
    assert found.fields["journaltitle"] == "The Daily"
    assert found.fields["date"] == "2017-04-05"
    assert "publisher" not in found.fields
    csl = item(client, **NEWS, date="2017-04-05")
    assert (csl["type"], csl["container-title"]) == ("article-newspaper", "The Daily")
    assert "publisher" not in csl
    words = printed(client, **NEWS, author="Arendt, Hannah", date="2017-04-05")
    assert words == "Arendt, H. (2017) “A strike”, The Daily, 5 April."


def test_day_of_access_and_archived_address_are_told(client: Client) -> None:
    page = NEWS | {"url": "https://e.example/1", "language": "fr", "accessed_on": day(2022, 1, 26)}
    assert entry(client, **page).fields["urldate"] == "2022-01-26"
    csl = item(client, **page)
    assert csl["accessed"] == {"date-parts": [[2022, 1, 26]]}
    assert (csl["language"], csl["URL"]) == ("fr", "https://e.example/1")
    assert "(Accessed: January 26, 2022)" in printed(client, **page)
    gone = NEWS | {"archived_url": "https://archive.example/1"}
    assert item(client, **gone)["URL"] == "https://archive.example/1"
    assert entry(client, **gone).fields["url"] == "https://archive.example/1"


@pytest.mark.parametrize(
    ("values", "bibtex", "csl"),
    [
        ({"kind": "article"}, "misc", "document"),
        ({"kind": "article", "url": "https://e.example/1"}, "online", "webpage"),
        ({"kind": "article", "publisher": "P", "url": "https://e.example/1"}, "article",
         "article-newspaper"),
        ({"kind": "report", "publisher": "P"}, "report", "report"),
        ({"kind": "report"}, "misc", "report"),
        ({"kind": "book", "publisher": "P"}, "book", "book"),
        ({"kind": "dataset", "publisher": "P"}, "dataset", "dataset"),
        ({"kind": "gazetteer", "publisher": "P"}, "dataset", "dataset"),
        ({"kind": "document", "publisher": "P"}, "misc", "document"),
        ({"kind": "recording", "url": "https://e.example/1"}, "online", "document"),
        ({"kind": "other", "publisher": "P", "url": "https://e.example/1"}, "online", "webpage"),
    ],
)  # fmt: skip
def test_every_kind_of_source_has_a_type_whose_fields_are_known(
    client: Client, values: dict[str, str], bibtex: str, csl: str
) -> None:
    found = entry(client, **values)
    assert found.type == bibtex
    described = item(client, **values)
    assert described["type"] == csl
    if publisher := values.get("publisher"):
        assert publisher in found.fields.values()
        assert publisher in (described.get("publisher"), described.get("container-title"))
        assert publisher in printed(client, **values)


def person(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given}


AUTHORS = [
    ("Arendt, Hannah", [person("Arendt", "Hannah")]),
    ("García Márquez, Gabriel; van der Waals, Johannes Diderik",
     [person("García Márquez", "Gabriel"), person("van der Waals", "Johannes Diderik")]),
    ("Толстой, Лев", [person("Толстой", "Лев")]),
    ("محفوظ، نجيب؛ Woolf, V.", [person("محفوظ", "نجيب"), person("Woolf", "V.")]),
    ("Ban Ki-moon", [{"literal": "Ban Ki-moon"}]),
    ("Reuters; Arendt, Hannah", [{"literal": "Reuters"}, person("Arendt", "Hannah")]),
    ("Kristian S. Gleditsch and Michael D. Ward",
     [{"literal": "Kristian S. Gleditsch and Michael D. Ward"}]),
    ("Ministry of Trade, Fish, and Food", [{"literal": "Ministry of Trade, Fish, and Food"}]),
    ("Marx and Engels, Eds.", [person("Marx and Engels", "Eds.")]),
]  # fmt: skip


@pytest.mark.parametrize(("author", "expected"), AUTHORS)
def test_persons_are_family_and_given_where_known(
    client: Client, author: str, expected: list[dict[str, str]]
) -> None:
    values = NEWS | {"author": author}
    assert item(client, **values)["author"] == expected
    read = [named(person) for person in entry(client, **values).persons["author"]]
    assert read == [
        (each.get("family") or each["literal"], each.get("given", "")) for each in expected
    ]
    words = printed(client, **values)
    assert all((each.get("family") or each["literal"]) in words for each in expected)


def named(person: Person) -> tuple[str, str]:
    """Family and given name as pybtex has understood them, without braces that keep them whole."""
    family = [*person.prelast_names, *person.last_names]
    given = [*person.first_names, *person.middle_names]
    return tuple(" ".join(names).strip("{}") for names in (family, given))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("date", "issued", "bibtex"),
    [
        ("2017-04-05", {"date-parts": [[2017, 4, 5]]}, {"date": "2017-04-05"}),
        ("2016-11/2018-02", {"date-parts": [[2016, 11], [2018, 2]]}, {"date": "2016-11/2018-02"}),
        ("2017-04-03/2017-04-09", {"date-parts": [[2017, 4, 3], [2017, 4, 9]]},
         {"date": "2017-04-03/2017-04-09"}),
        ("2016~/2018", {"date-parts": [[2016], [2018]], "circa": True}, {"date": "2016~/2018"}),
        ("2017/2017", {"date-parts": [[2017]]}, {"date": "2017/2017"}),
        ("2017/..", {"literal": "from 2017, end open"}, {"date": "2017/.."}),
        ("../2017", {"literal": "until 2017, start not given"}, {"date": "../2017"}),
        ("[2017-04-03..2017-04-09]", {"literal": "one day between 3 and 9 April 2017"},
         {"year": "{one day between 3 and 9 April 2017}"}),
        ("{2017,2018}", {"literal": "2017 and 2018"}, {"year": "{2017 and 2018}"}),
        ("2017-?04", None, {"year": None}),
        ("Y12345", None, {"year": None}),
        ("-0043", {"literal": "44 BCE"}, {"date": "-0043"}),
        ("", {}, {}),
    ],
)  # fmt: skip
def test_date_of_a_source_is_one_date_a_span_or_words(
    client: Client, date: str, issued: dict[str, Any] | None, bibtex: dict[str, str | None]
) -> None:
    given = item(client, **NEWS, date=date).get("issued", {})
    found = entry(client, **NEWS, date=date).fields
    if issued is None:
        assert set(given) == {"literal"}
    else:
        assert given == issued
    assert {name for name in ("date", "year") if name in found} == set(bibtex)
    assert all(value is None or found[name] == value for name, value in bibtex.items())


def test_span_and_words_are_printed(client: Client) -> None:
    book = {"title": "A book", "kind": "book", "publisher": "Press", "author": "Arendt, Hannah"}
    assert printed(client, **book, date="2016-11/2018-02").startswith("Arendt, H. (2016–2018)")
    words = "(one day between 3 and 9 April 2017)"
    assert words in printed(client, **book, date="[2017-04-03..2017-04-09]")


def test_reader_of_bibtex_gets_every_letter_back(client: Client) -> None:
    found = entry(client, **NEWS | {"title": "50% & more_{x}", "publisher": "Łódź & Søn"})
    assert found.fields["title"] == r"{50\% \& more\_\textbraceleft{}x\textbraceright{}}"
    assert found.fields["journaltitle"] == r"Łódź \& Søn"
