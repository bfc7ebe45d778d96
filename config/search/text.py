"""How search reads a text: the same normaliser as the database's (config/sql/search_text.sql).

The steps are those of Unicode's compatibility decomposition (UAX 15, form KD), of lower case, and
of removing marks; and for Arabic those of common light stemmers: one form of each letter, and no
article (Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval", 2007).
"""

import re
import unicodedata

# Letters that lose a mark, and what may follow an initial with its full stop.
_LETTERS = r"a-z\u00df-\u024f\u0370-\u03ff\u0400-\u052f"
_NOTHING = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061c\u0621\u0640\u064b-\u065f"
    r"\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    r"\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u0600-\u0605\u070f\u180b-\u180f\u200b\u200d-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)
_FORMS = str.maketrans("ıøłđħŧŋðɨʉƶςґ" + "ٱىیےکڪةہھەۀ", "ioldhtndiuzσг" + "ايييككههههه")
_DIGITS = {
    zero + number: str(number)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0)
    for number in range(10)
}
_LIGATURES = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
_SINGLE = _FORMS | _DIGITS | str.maketrans(_LIGATURES)
_INITIAL = re.compile(rf"(?<![0-9{_LETTERS}])([{_LETTERS}])\.")
_GENITIVE = re.compile(r"['’ʼ]s(?![a-z0-9])")
_JOINTS = str.maketrans(dict.fromkeys("'’‘ʼʻʾʿ`‛′ʹʺ&‐‑‒–—―−\u200c", "-"))
_SEPARATORS = re.compile(
    r"""[ \t-\r\x85\u1680_./\\:;,!?@#%+*=<>|~^"()\[\]{}$¡§«¶·»¿\u2016-\u205e\u3000-\u303f"""
    r"\u05be\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4]+"
)
_LAST_JOINT = re.compile("-+( |$)")
_FIRST_JOINT = re.compile("(^| )-+")
_ARABIC_ARTICLE = re.compile(r"(?<![^ -])ال[ -]?(?=[\u0622-\u064a]{3})")


def _article(before: str) -> re.Pattern[str]:
    """The Arabic article in Latin letters, assimilated or not, before one of some characters."""
    assimilated = "".join(f"|[ae]{s}(?=[{before}]{s}[^{before}])" for s in ("sh", *"rsdtnz"))
    return re.compile(rf"(?<![^ -])(?:[ae]l{assimilated})[{before}]")


_ARTICLE_AND_SPACE = re.compile(_article(" -").pattern.removesuffix("[ -]") + " ")
_ARTICLE_AND_JOINT = _article("-")
_TYPED_ARTICLE = re.compile(
    _article(r"\s").pattern.replace("(?<![^ -])", r"(?<![^\s\"-])") + r"+(?=\w)", re.IGNORECASE
)
_TYPED_ARABIC_ARTICLE = re.compile(r"(?<![^\s\"-])ال\s+(?=[\u0622-\u064a]{3})")


def search_text(words: str) -> str:
    """The text in lower case and without marks; a space between words, a hyphen in joined ones."""
    read = unicodedata.normalize("NFKD", words).lower()
    read = _NOTHING.sub("", read).translate(_SINGLE)
    read = unicodedata.normalize("NFC", read)
    read = _GENITIVE.sub("", _INITIAL.sub(r"\1", read)).translate(_JOINTS)
    read = _LAST_JOINT.sub(" ", _SEPARATORS.sub(" ", read))
    read = _FIRST_JOINT.sub(" ", read)
    read = _ARABIC_ARTICLE.sub("", re.sub("-+", "-", read))
    return _ARTICLE_AND_SPACE.sub("", re.sub(" +", " ", read).strip(" "))


def parted_words(read: str) -> str:
    """The words of a text that `search_text` has read, where a joint parts words."""
    return _ARTICLE_AND_JOINT.sub("", read).replace("-", " ") if "-" in read else read


def joined_words(read: str) -> str:
    """The words of such a text that have a joint, where it is nothing."""
    return " ".join(word.replace("-", "") for word in read.split(" ") if "-" in word)


def without_articles(typed: str) -> str:
    """What somebody types, without the Arabic article where it stands as a word of its own."""
    return _TYPED_ARABIC_ARTICLE.sub("", _TYPED_ARTICLE.sub("", typed))
