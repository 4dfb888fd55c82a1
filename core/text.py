"""Makes hostile text harmless before any other code reads it, and cuts text without breaking it.

Removed is what hides or reorders text; all else that a person typed stays. The two joiners and the tags are
invisible, but needed within an emoji and in scripts whose letters join (UTS #51, UAX #31, RFC 5892
appendix A): there one of them may stay at each place.
"""

from __future__ import annotations

import re
import unicodedata

import regex
from idna.core import valid_contextj

from core.errors import BadInput

_MAX_MARKS_PER_LETTER = 4  # Vietnamese, Hebrew and Thai need up to three
_MAX_CLUSTER_LENGTH = 32  # code points; an emoji of a family of four with skin tones has eleven

# Controls that are not white space; soft hyphens and fillers that show nothing; zero-width and bidi
# characters; variation selectors that do not choose text or emoji style, which can smuggle bytes; surrogates,
# private use, non-characters. The joiners (200c, 200d), the styles (fe0e, fe0f) and the tags come later.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000e0000-\U000e001f\U000e0080-\U0010ffff]+"
)
_JOINERS = regex.compile("[\u200c\u200d]")
JOINING_CHARACTERS = regex.compile("[\u200c\u200d\U000e0030-\U000e0039\U000e0061-\U000e007a\U000e007f]")
"""Characters without width that ``without_invisible`` may keep; they change how their neighbours look."""
_MANY_JOINERS = regex.compile("([\u200c\u200d])[\u200c\u200d]+")
_EMOJI_JOINED = regex.compile(
    "(?<=\\p{Extended_Pictographic}[\ufe0f\U0001f3fb-\U0001f3ff]?)\u200d(?=\\p{Extended_Pictographic})"
)
# Scripts whose letters change their shape next to each other: there a joiner has a visible effect.
_SCRIPTS = "".join(
    rf"\p{{{script}}}"
    for script in (
        *("Arabic", "Syriac", "Mandaic", "Nko", "Mongolian", "Phags_Pa", "Adlam", "Hanifi_Rohingya"),
        *("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada"),
        *("Malayalam", "Sinhala", "Myanmar", "Khmer", "Tibetan", "Balinese", "Javanese"),
    )
)
_LETTERS_JOINED = regex.compile(rf"(?<=[{_SCRIPTS}]\p{{Mn}}*)[\u200c\u200d](?=[{_SCRIPTS}])")
# A flag of a region, such as Scotland: the black flag, the code of the region in tags, the end tag.
_FLAG = regex.compile(
    "\U0001f3f4[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,4}\U000e007f"
)
_TAGS = regex.compile(f"(?:({_FLAG.pattern})|[\U000e0020-\U000e007f])")
_STRAY_STYLE = regex.compile("(?<!\\p{Emoji})[\ufe0e\ufe0f]")
_GRAPHEME_CLUSTER = regex.compile(r"\X")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")


def clean(text: str, limit: int) -> str:
    """Text in NFC without hidden or reordering characters, with single spaces, at most ``limit`` code points.

    Dropped: control, bidi and zero-width characters (except joiners within an emoji or a script that needs
    them, and the tags of flags), lone surrogates, private use, and combining marks after the fourth on one
    letter. A longer text ends in ``…`` and is never cut inside a grapheme cluster.
    """
    # Bounds the work on text that is hidden behind many invisible characters.
    visible = _INVISIBLE.sub("", text[: 64 * limit + 4096])
    cleaned = " ".join(visible.split())[: 4 * limit + 64]
    if not cleaned.isascii():
        # Capped before NFC, which sorts the marks in quadratic time, and after it, because it can add one.
        few = _cap_marks(without_invisible(cleaned))
        cleaned = " ".join(without_invisible(_cap_marks(unicodedata.normalize("NFC", few))).split())
    return truncate(cleaned, limit)


def clean_strictly(text: str, limit: int) -> str:
    """As ``clean``, without any zero-width character; for text not typed by a person, and for comparisons."""
    return truncate(_JOINERS.sub("", _TAGS.sub("", clean(text, limit))), limit)


def without_hidden(text: str) -> str:
    """``text`` as it is, but for characters that hide or reorder others; for what is shown once more."""
    return without_invisible(_INVISIBLE.sub("", text))


def truncate(text: str, limit: int) -> str:
    """``text``, cut between grapheme clusters, with an ellipsis, if longer than ``limit`` code points."""
    if len(text) <= limit:
        return text
    return (
        text[: cluster_boundary(text, limit - 1)].rstrip().rstrip("\u200c\u200d") + "…" if limit > 0 else ""
    )


def cluster_boundary(text: str, at: int) -> int:
    """The last index up to ``at`` between two grapheme clusters.

    ``at`` itself if that is ``_MAX_CLUSTER_LENGTH`` or more before it, so that a chain of joiners does not
    swallow the text.
    """
    end = 0
    for one in _GRAPHEME_CLUSTER.finditer(text):
        if one.end() > at:
            break
        end = one.end()
    return end if at - end < _MAX_CLUSTER_LENGTH and end else max(at, 0)


def capitalized(words: str) -> str:
    """The words as a sentence begins: the first letter in upper case, all others as they are."""
    return words[:1].upper() + words[1:]


def well_formed(text: str) -> str:
    """``text`` with lone surrogates replaced; JSON can carry them, UTF-8 and databases can't."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def language_tag(value: object) -> str | None:
    """``value`` if it has the shape of an IETF language tag, such as ``de`` or ``pt-BR``."""
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else None


def refuse(hint: str, text: str) -> BadInput:
    """The error for ``text``; ``hint`` names its message, which quotes at most 40 code points of ``text``."""
    return BadInput(hint, value=clean(text, 40))


def _cap_marks(text: str) -> str:
    characters: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MAX_MARKS_PER_LETTER:
            characters.append(character)
    return "".join(characters)


def without_invisible(text: str) -> str:
    """``text`` without joiners, tags and styles that have no visible effect."""
    text = _STRAY_STYLE.sub("", _TAGS.sub(lambda found: found[1] or "", text))
    if not _JOINERS.search(text):
        return text
    text = _MANY_JOINERS.sub(r"\1", text)
    needed = {found.start() for rule in (_EMOJI_JOINED, _LETTERS_JOINED) for found in rule.finditer(text)}
    return "".join(
        character
        for at, character in enumerate(text)
        if not _JOINERS.match(character) or at in needed or _is_joint(text, at)
    )


def _is_joint(text: str, at: int) -> bool:
    """Whether RFC 5892 allows a joiner at this index: after a virama, or between letters that join."""
    try:
        return valid_contextj(text, at)
    except ValueError:  # a character of no known name
        return False
