"""The page on which a curator chooses between what others stored meanwhile and their own text."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.admin.authors import SOMEBODY, Author, Authors
from config.admin.choices import WordChoiceField
from config.admin.merging import CHOICE, Difference, Merge, Side
from config.admin.picking.posted import Typed
from config.admin.snapshots import FIELD
from config.admin.values import Plain, Values, model_field

BACK = "_back"
_COMPARED_WORDS = 2000


def in_words(form: Any, name: str, value: Plain) -> str:
    """As a reader of the form would see the value; empty where there is none."""
    field, stored = form.fields[name], model_field(form, name)
    if value is None or value in ("", []):
        return ""
    if isinstance(field, forms.ModelChoiceField) and stored is not None:
        keys = value if isinstance(value, list) else [value]
        typed = [f"“{text}”" for text in keys if isinstance(text, Typed)]
        keys = [key for key in keys if not isinstance(key, Typed)]
        rows = _names(field, stored, keys)
        gone = _("a record that is gone (%(key)s)")
        return "; ".join([*(rows.get(key, gone % {"key": key}) for key in keys), *typed])
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(dict(getattr(stored, "flatchoices", None) or []).get(value, value))


def _names(field: Any, stored: Any, keys: list[Plain]) -> dict[Plain, str]:
    """Of what the field has read already without a query."""
    read: Any = field.words.by_slug if isinstance(field, WordChoiceField) else {}
    read = getattr(field, "loaded", read)
    found = {key: str(read[str(key)]) for key in keys if str(key) in read}
    missing = [key for key in keys if key not in found]
    return found | _named(field, stored, missing) if missing else found


def _named(field: Any, stored: Any, keys: list[Plain]) -> dict[Plain, str]:
    """The names of the records with these keys that can be chosen; a kind or a role has a slug for
    a key."""
    key = stored.target_field.name
    rows = field.queryset.filter(**{f"{key}__in": keys})
    return {getattr(row, key): str(row) for row in rows}


def row_in_words(form: Any, values: Values) -> str:
    words = {name: in_words(form, name, value) for name, value in values.items()}
    return "; ".join(
        f"{form.fields[name].label or name}: {text}" for name, text in words.items() if text
    )


@dataclass(frozen=True)
class Piece:
    text: str
    is_new: bool


def pieces(found: str | None, text: str) -> list[Piece]:
    """The text, with what it has beyond the one that was found marked word by word."""
    if not found:
        return [Piece(text, found is not None)]
    before, after = (re.split(r"(\s+)", one) for one in (found, text))
    if max(len(before), len(after)) > _COMPARED_WORDS:
        return [Piece(text, True)]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    made = [
        Piece("".join(after[start:end]), operation != "equal")
        for operation, _first, _last, start, end in matcher.get_opcodes()
    ]
    return [piece for piece in made if piece.text]


@dataclass(frozen=True)
class Cell:
    """One side of a difference."""

    side: Side
    title: str
    author: Author | None
    pieces: list[Piece]
    # What stands there instead of a text.
    remark: str
    is_offered: bool
    is_chosen: bool


def _text(difference: Difference, side: Side) -> str | None:
    """None for a side that is not known, or that is to go without the row."""
    value = difference.sides.get(side)
    if not difference.name:
        return None if value is None else row_in_words(difference.form, value)
    return in_words(difference.form, difference.name, value) if side in difference.sides else None


def _remark(difference: Difference, side: Side) -> str:
    if side in difference.sides:
        return _("empty") if difference.name else _("without it")
    return {
        Side.FOUND: _("not known"),
        Side.THEIRS: _("not changed by them"),
        Side.MINE: _("not changed by you"),
    }[side]


def cells(difference: Difference, theirs: Author) -> list[Cell]:
    titles = {
        Side.FOUND: _("As you found it"),
        Side.THEIRS: _("Theirs, stored now"),
        Side.MINE: _("Yours, not stored yet"),
    }
    found = _text(difference, Side.FOUND)
    made = []
    for side, title in titles.items():
        text = _text(difference, side)
        made.append(
            Cell(
                side,
                title,
                theirs if side == Side.THEIRS and side in difference.sides else None,
                pieces(None if side == Side.FOUND else found, text) if text else [],
                "" if text else _remark(difference, side),
                side in difference.options and len(difference.options) > 1,
                side == difference.chosen,
            )
        )
    return made


@dataclass(frozen=True)
class Shown:
    key: str
    label: str
    cells: list[Cell]
    is_open: bool


def _heading(request: HttpRequest, names: list[Any]) -> str:
    if names == [request.user.get_username()]:
        return _("You changed this %(name)s twice")
    if SOMEBODY in names:
        return _("This %(name)s was changed meanwhile")
    return _("Two people changed this %(name)s")


def page_context(request: HttpRequest, merge: Merge) -> dict[str, Any]:
    authors = Authors(merge.record, merge.opened.at)
    by = {difference.key: authors.of(difference) for difference in merge.differences}
    shown = {
        is_both: [
            Shown(d.key, d.label, cells(d, by[d.key]), d.chosen is None)
            for d in merge.differences
            if d.is_both == is_both
        ]
        for is_both in (True, False)
    }
    theirs = [by[d.key].name for d in merge.differences if Side.THEIRS in d.sides]
    names = list(dict.fromkeys(theirs))
    return {
        "heading": _heading(request, names) % {"name": merge.record._meta.verbose_name},
        "both": shown[True],
        "one": shown[False],
        "choice": CHOICE,
        "open": sum(difference.is_open for difference in shown[True]),
        "names": names,
        "is_own": names == [request.user.get_username()],
        "opened": merge.opened,
        "same": merge.same,
        "posted": as_posted(request),
        "back": BACK,
    }


@dataclass(frozen=True)
class Posted:
    name: str
    text: str

    @property
    def has_lines(self) -> bool:
        """A hidden input would lose the ends of lines."""
        return "\n" in self.text or "\r" in self.text

    @property
    def is_typed(self) -> bool:
        """And neither a button nor a number of rows."""
        return bool(self.text) and not self.name.startswith("_") and "_FORMS" not in self.name


def as_posted(request: HttpRequest) -> list[Posted]:
    """All that was posted, to be posted again with the choices."""
    left_out = ("csrfmiddlewaretoken", FIELD, BACK)
    return [
        Posted(name, text)
        for name, texts in request.POST.lists()
        if name not in left_out and not name.startswith(CHOICE)
        for text in texts
    ]


def kept_in_words(merge: Merge) -> str:
    """Names what others changed and the curator's save has kept."""
    authors = Authors(merge.record, merge.opened.at)
    kept = []
    for difference in merge.kept_of_theirs:
        author = authors.of(difference)
        when = f", {author.at:%H:%M} UTC" if author.at else ""
        kept.append(f"{difference.label} ({author.name}{when})")
    return _("Kept of what others changed meanwhile: %(kept)s.") % {"kept": "; ".join(kept)}
