"""The page of a statement, and its citation as plain text, BibTeX and CSL-JSON."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Tenure
from events.models import Statement
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_source,
    make_statement,
    take_position,
)

# Values with balanced braces, as BibTeX itself reads them: a field ends with its outermost brace.
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},$", re.MULTILINE)


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Entries by key; fails where braces do not balance."""
    assert text.count("{") == text.count("}")
    entries = {}
    for entry in re.split(r"(?m)^(?=@)", text)[1:]:
        kind, key = re.match(r"@(\w+)\{([^,]+),", entry).groups()  # type: ignore[union-attr]
        entries[key] = {"kind": kind} | dict(_FIELD.findall(entry))
    return entries


def bibtex(client: Client, statement: Statement) -> dict[str, str]:
    answer = client.get(f"{statement.get_absolute_url()}citation.bib")
    assert answer["Content-Type"] == "application/x-bibtex; charset=utf-8"
    return read_bibtex(answer.content.decode())[f"chancery-statement-{statement.pk}"]


def csl(client: Client, statement: Statement) -> list[dict[str, Any]]:
    answer = client.get(f"{statement.get_absolute_url()}citation.json")
    assert answer["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    return json.loads(answer.content)  # type: ignore[no-any-return]


def test_the_kremlins_denial_is_cited_with_its_sentence_and_its_address(
    loaded: None, client: Client
) -> None:
    denial = Statement.objects.get(key="kremlin-denial-of-responsibility")
    address = f"http://testserver{denial.get_absolute_url()}"
    page = client.get(denial.get_absolute_url())
    plain = page.context["tools"].citation.plain
    assert plain.startswith("The Kremlin (in or before April 2017): ")
    assert "US-Russian Diplomatic Relations Deteriorate Over Syria" in plain
    assert "published about April 2017, ¶1.5" in plain
    assert plain.endswith(f"US–Russian relations over Syria, April 2017, {address}")
    entry = bibtex(client, denial)
    assert entry["author"] == "{The Kremlin}"
    assert entry["year"] == "{in or before April 2017}"
    assert entry["url"] == address
    assert "¶1.5" in entry["note"]
    statement, source = csl(client, denial)
    assert statement["URL"] == address
    assert statement["issued"] == {"literal": "in or before April 2017"}
    assert source["locator"] == "¶1.5"
    assert source["issued"] == {"date-parts": [[2017, 4]], "circa": True}
    assert "accessed" not in statement
    html = page.content.decode()
    for form in ("plain", "bibtex", "csl"):
        assert f'<textarea id="citation-{form}"' in html
        assert f'data-copies="citation-{form}"' in html


def test_putin_spoke_as_president_in_moscow(loaded: None, client: Client) -> None:
    remarks = Statement.objects.get(key="putin-on-the-accusations")
    page = client.get(remarks.get_absolute_url()).content.decode()
    assert ", then President of Russia" in page
    assert csl(client, remarks)[0]["issued"] == {"date-parts": [[2017, 4, 11]]}
    undated = Statement.objects.get(key="international-community-on-accountability")
    assert "issued" not in csl(client, undated)[0]
    assert "date" not in bibtex(client, undated)


@pytest.mark.django_db
def test_the_page_tells_its_positions_and_what_answers_it(client: Client) -> None:
    said, answer = make_statement(note="Not dated."), make_statement(paraphrase="It is wrong.")
    take_position(said, "denies", claim=make_claim(text="It happened."))
    take_position(answer, "rejects", answered=said)
    page = client.get(said.get_absolute_url()).content.decode()
    assert re.search(
        r"⊘</span> <strong class=.stance.>denies</strong> the claim “It happened", page
    )
    assert re.search(r"rejects</strong> it: <a href=.*It is wrong\.</a>", page)
    assert "Not dated." in page


def test_every_mark_on_the_page_leads_to_a_reference(loaded: None, client: Client) -> None:
    for statement in Statement.objects.all():
        page = client.get(statement.get_absolute_url()).content.decode()
        marks = set(re.findall(r'href="#(r-[a-z0-9.-]+)"', page))
        assert marks
        assert marks == set(re.findall(r'id="(r-[a-z0-9.-]+)"', page))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2017", {"date-parts": [[2017]]}),
        ("2017-04~", {"date-parts": [[2017, 4]], "circa": True}),
        ("2017?", {"literal": "2017, uncertain"}),
        ("2017-04-03/2017-04-09", {"date-parts": [[2017, 4, 3], [2017, 4, 9]]}),
        ("2017-21", {"literal": "spring 2017"}),
        ("201X", {"literal": "2010s"}),
        ("-0043", {"literal": "44 BCE"}),
        ("0000", {"literal": "1 BCE"}),
    ],
)
def test_no_form_is_more_exact_than_the_date(
    client: Client, date: str, issued: dict[str, object]
) -> None:
    statement = make_statement(date=date)
    assert csl(client, statement)[0]["issued"] == issued
    assert bibtex(client, statement)["date"] == date


@pytest.mark.django_db
def test_bibtex_specials_are_escaped_and_letters_kept(client: Client) -> None:
    speaker = make_actor(name="Müller & Søn {Ltd")
    statement = make_statement(speaker, paraphrase="50% of $3_a #1 ^~\\ }\nŁódź", quote="“{x”")
    entry = bibtex(client, statement)
    assert entry["author"] == r"{Müller \& Søn \textbraceleft{}Ltd}"
    assert entry["title"] == (
        r"{50\% of \$3\_a \#1 \textasciicircum{}\textasciitilde{}\textbackslash{}"
        r" \textbraceright{} Łódź ““\textbraceleft{}x””}"
    )


@pytest.mark.django_db
def test_each_source_is_a_work_of_its_own(client: Client) -> None:
    make_source()
    book = make_source(
        slug="book", kind="book", title="A book", author="Woolf, Virginia", date="1999",
        url="https://example.org/a_b%20{c}",
    )  # fmt: skip
    statement = make_statement()
    cite(statement, book, "p. 3", access="second-hand", via=make_source(title="A survey"))
    cite(statement, book, "p. 4", aspect="date")
    cite(statement, make_source(slug="no", title="A secret source", state="draft"))
    answer = client.get(f"{statement.get_absolute_url()}citation.bib").content.decode()
    entries = read_bibtex(answer)
    assert entries["source-book"] == {
        "kind": "book",
        "author": "Woolf, Virginia",
        "title": "{A book}",
        "date": "1999",
        "url": "https://example.org/a_b%20%7Bc%7D",
        "note": "p. 3; p. 4",
    }
    items = csl(client, statement)
    assert {item["id"] for item in items} == set(entries)
    assert next(item for item in items if item["id"] == "source-book") == {
        "id": "source-book",
        "type": "book",
        "author": [{"family": "Woolf", "given": "Virginia"}],
        "title": "A book",
        "issued": {"date-parts": [[1999]]},
        "URL": book.url,
        "locator": "p. 3; p. 4",
    }
    assert "A book, published 1999, p. 3, p. 4, found in A survey" in items[0]["note"]
    assert "A secret" not in answer + json.dumps(items)


@pytest.mark.django_db
def test_drafts_have_no_citation_and_never_leak(client: Client, admin_client: Client) -> None:
    draft = make_statement(state="draft")
    unseen = make_statement(make_actor(state="draft"))
    for statement in (draft, unseen):
        for name in ("", "citation.bib", "citation.json"):
            assert client.get(f"{statement.get_absolute_url()}{name}").status_code == 404
    preview = admin_client.get(f"{draft.get_absolute_url()}citation.bib?preview=1")
    assert preview.status_code == 200
    assert "no-store" in preview["Cache-Control"]
    shown = make_statement()
    take_position(shown, "denies", claim=make_claim(text="A secret claim", state="draft"))
    hidden = make_statement(make_actor(name="A secret speaker", state="draft"))
    take_position(hidden, "rejects", answered=shown)
    on_event = make_claim(make_event(slug="secret-event", state="draft"), text="On a secret event")
    take_position(shown, "asserts", claim=on_event)
    page = client.get(shown.get_absolute_url()).content.decode()
    assert "secret" not in page


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(client: Client) -> None:
    def queries(number: int) -> int:
        speaker = make_actor(kind="person")
        statement = make_statement(speaker, date="2017")
        for _ in range(number):
            take_position(statement, "denies", claim=make_claim(make_event()))
            answer = make_statement(make_actor(kind="person"), date="2017")
            take_position(answer, "rejects", answered=statement)
            Tenure.objects.create(person=answer.speaker, office="Minister", began="2017")
            cite(statement, make_source())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(statement.get_absolute_url()).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)
