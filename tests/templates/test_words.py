"""Every word that a template writes is marked for translation, and no plural is glued."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, Token, TokenType

FOLDER = Path(settings.BASE_DIR) / "templates"
NAMES = {
    "BibTeX",
    "Chancery",
    "Correlates of War",
    "CSL-JSON",
    "FIPS 10-4",
    "GET",
    "Gleditsch–Ward",
    "ISO 3166",
    "UTC",
}
# Elements whose text is for machines, or the same in every language.
UNREAD = {"code", "script", "style"}
# Attributes that are read or heard.
READ = {"alt", "aria-description", "aria-label", "aria-valuetext", "label", "placeholder", "title"}
READ_IN_HEAD = {"description", "og:description", "og:site_name", "og:title"}

_LETTER = r"[^\W\d_]"
# Values of the page's own scripts are words where they begin with a capital letter or have spaces.
_WORDS = re.compile(rf"^[A-Z].*{_LETTER}{{2}}|{_LETTER}\S* \S*{_LETTER}|^[A-Z][a-z]+$")
_LITERAL = re.compile(r"""(_\()?("[^"]*"|'[^']*')""")
_WRITING_FILTER = re.compile(rf"""\|(?:default|default_if_none|yesno|join):["'][^"']*{_LETTER}""")


class Words(HTMLParser):
    """The words of HTML, without those that are names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[str] = []

    def note(self, text: str) -> None:
        left = text
        for name in NAMES:
            left = left.replace(name, "")
        if re.search(_LETTER, left):
            self.found.append(" ".join(text.split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            is_own = name.startswith("data-") and _WORDS.search(value)
            if (name in READ and tag != "link") or is_own:
                self.note(value)
        if given.get("type") in ("button", "reset", "submit"):
            self.note(given.get("value", ""))
        if tag == "meta" and READ_IN_HEAD & {given.get("name"), given.get("property")}:
            self.note(given.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not UNREAD & {*self._open[-1:]}:
            self.note(data)


def to_be_read(tokens: list[Token]) -> Iterator[Token]:
    """All but what stands in `blocktranslate`, and in the block of the admin's classes."""
    ending = ""
    for token in tokens:
        contents = token.contents if token.token_type == TokenType.BLOCK else ""
        if re.match(r"blocktrans|block bodyclass", contents):
            ending = f"end{contents.split()[0]}"
        if not ending:
            yield token
        elif contents.split()[:1] == [ending]:
            ending = ""


def written_by(token: Token) -> list[str]:
    """Words that a tag or a variable writes as they stand in it."""
    if re.match(r"trans(late)?\s", token.contents):
        return []
    literals = [text for mark, text in _LITERAL.findall(token.contents) if not mark]
    found = [text for text in literals if _WORDS.search(text[1:-1])]
    found += _WRITING_FILTER.findall(token.contents)
    return [text for text in found if text.strip("\"'") not in NAMES]


def unmarked(source: str) -> list[str]:
    """The words of a template that no translation would reach."""
    words, html = Words(), ""
    tags: list[str] = []
    for token in to_be_read(Lexer(source).tokenize()):
        if token.token_type == TokenType.TEXT:
            html += token.contents
        elif token.token_type != TokenType.COMMENT:
            tags += written_by(token)
    words.feed(html)
    words.close()
    return words.found + tags


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>{{ number }} events</p>", ["events"]),
        ("{% translate 'Events' %}<b>Chancery</b><code>/events</code>", []),
        ("{% if a %}Yes{% else %}{% translate 'No' %}{% endif %}", ["Yes"]),
        ("{% blocktranslate %}{{ a }} is{% endblocktranslate %} here", ["here"]),
        ('<nav aria-label="Pages"{% if a %} title="{{ a }}"{% endif %}>', ["Pages"]),
        ('<input type="submit" value="Save"><input type="text" value="abc">', ["Save"]),
        ('<div data-failed="It failed." data-kind="one-of"></div>', ["It failed."]),
        ('<meta name="description" content="A page"><meta name="robots" content="a">', ["A page"]),
        ('{{ a|default:"none" }}{{ a|default:_("none") }}', ['|default:"none']),
        ('{{ a|date:"j F Y" }}{{ a|date:_("j F Y") }}{{ a|date:"c" }}', ['"j F Y"']),
        ('{% include "_a.html" with b="Some words" c="key" d=_("Words") %}', ['"Some words"']),
        ("{# Why it is so. #}<script>let name;</script>", []),
    ],
)
def test_words_that_are_not_marked_are_found(source: str, words: list[str]) -> None:
    assert unmarked(source) == words


@pytest.mark.parametrize(
    "file", sorted(FOLDER.rglob("*.html")), ids=lambda file: file.relative_to(FOLDER).as_posix()
)
def test_every_word_of_a_template_is_marked(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert unmarked(source) == []
    assert "|pluralize" not in source
