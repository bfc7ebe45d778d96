"""Entries of BibTeX, as biblatex reads them, each with the fields that its type needs."""

import re

from config.edtf.dates import UncertainDate
from events.models import Source
from events.pages.citation_authors import Author, read_authors

Fields = dict[str, str]

# Braces as commands, because BibTeX counts escaped ones too.
_SPECIALS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "%&$#_"},
    }
)
# An address is read verbatim; only what would end the field is encoded.
_ADDRESS_SPECIALS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22"})
# What biblatex reads of EDTF: levels 0 and 1, without years of more than four digits.
_END = (
    r"(?:-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?:0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?:[0-9]{2}|XX))?)?[?~%]?"
)
_DATE = re.compile(rf"{_END}|{_END}/(?:{_END}|\.\.)?|(?:\.\.)?/{_END}")
# Where the publisher stands in an entry; a newspaper or a journal is an article's.
_PUBLISHER = {
    "article": "journaltitle",
    "report": "institution",
    "book": "publisher",
    "dataset": "publisher",
    "online": "organization",
    "misc": "organization",
}


def entry(kind: str, key: str, fields: Fields) -> str:
    """Empty fields are left out."""
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def source_entry(source: Source, key: str, locators: list[str]) -> str:
    kind = _entry_type(source)
    fields = {
        "author": " and ".join(map(_author, read_authors(source.author))),
        "title": verbatim(source.title),
        _PUBLISHER[kind]: escaped(source.publisher),
        "type": "Report" if kind == "report" else "",
        **date_fields(source.published_date),
        "url": address(source.url or source.archived_url),
        "urldate": source.accessed_on.isoformat() if source.accessed_on else "",
        "note": escaped("; ".join(locators)),
    }
    return entry(kind, key, fields)


def _entry_type(source: Source) -> str:
    """The type whose fields are known: an article needs what it stood in, a report who made it."""
    if source.kind in (Source.Kind.DATASET, Source.Kind.GAZETTEER):
        return "dataset"
    if source.kind == Source.Kind.BOOK:
        return "book"
    if source.publisher and source.kind in (Source.Kind.ARTICLE, Source.Kind.REPORT):
        return str(source.kind)
    return "online" if source.url or source.archived_url else "misc"


def _author(author: Author) -> str:
    if not author.given:
        return verbatim(author.family)
    return ", ".join(_part(part) for part in author)


def _part(text: str) -> str:
    """Of a name; "and" within it would begin another."""
    return verbatim(text) if re.search(r"\band\b", text, re.IGNORECASE) else escaped(text)


def date_fields(when: UncertainDate) -> Fields:
    """The date, or its words in place of the year where biblatex has no way to write it."""
    if _DATE.fullmatch(when.text):
        return {"date": when.text}
    return {"year": verbatim(when.words) if when.text else ""}


def verbatim(text: str) -> str:
    """In braces: no name is taken apart, no letter made small."""
    return f"{{{escaped(text)}}}"


def escaped(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIALS)


def address(url: str) -> str:
    return url.translate(_ADDRESS_SPECIALS)
