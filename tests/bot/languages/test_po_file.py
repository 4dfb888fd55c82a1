"""A catalogue is read as babel, which writes it, reads it."""

from __future__ import annotations

from io import BytesIO

from babel.messages.pofile import read_po

from bot.languages.language import CATALOGUE, FOLDER, SOURCE, spoken
from bot.languages.po_file import Entry, entries
from tests.rows import each_of

HEADER = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=n > 1;\n"

"""

Known = tuple[str, str, tuple[str, ...], bool]

FILES = {
    "two entries": 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n',
    "no blank line between two": 'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n',
    "a context": 'msgctxt "texts.A"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "texts.B"\nmsgid "a"\nmsgstr "c"\n',
    "several lines": 'msgid ""\n"one "\n"two"\nmsgstr ""\n"eins "\n"zwei"\n',
    "escapes": r'msgid "a \"b\" c\\n\n\td"' + "\n" + r'msgstr "\\ \" \n \t \\\""' + "\n",
    "quotes that are not escaped words": 'msgid "a # b"\nmsgstr "msgid #~ c"\n',
    "plural forms": 'msgid "a"\nmsgid_plural "{count} a"\nmsgstr[0] "b"\nmsgstr[1] "{count} b"\n',
    "a plural without its second form": 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] ""\n',
    "nothing translated": 'msgid "a"\nmsgstr ""\n',
    "fuzzy": '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n',
    "fuzzy among flags": '#, python-brace-format, fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "fuzzy with what it was": '#, fuzzy\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n',
    "comments": '# by hand\n#. from the code: msgid "x"\n#: texts.py:3\nmsgid "a"\nmsgstr "b"\n',
    "a comment that says fuzzy": '# fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "obsolete": 'msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr "d"\n',
    "obsolete and fuzzy": '#, fuzzy\n#~ msgid "c"\n#~ msgstr "d"\n\nmsgid "a"\nmsgstr "b"\n',
    "obsolete in between": 'msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr "d"\n\nmsgid "e"\nmsgstr ""\n',
    "other scripts": 'msgid "a"\nmsgstr "cześć Καλημέρα 你好 \N{OWL}"\n',
    "only a header": "",
}


def by_babel(text: str) -> list[Known]:
    return [
        (
            one.context or "",
            one.id if isinstance(one.id, str) else one.id[0],
            (one.string,) if isinstance(one.string, str) else tuple(one.string or ()),
            one.fuzzy,
        )
        for one in read_po(BytesIO(text.encode()))
        if one.id
    ]


def known(entry: Entry) -> Known:
    return (entry.context, entry.english, tuple(entry.forms), entry.is_fuzzy)


def by_oo(text: str) -> list[Known]:
    return [known(entry) for entry in entries(text) if entry.english]


@each_of(FILES)
def test_a_file_is_read_as_babel_reads_it(name: str) -> None:
    assert by_oo(HEADER + FILES[name]) == by_babel(HEADER + FILES[name])


def test_every_catalogue_is_read_as_babel_reads_it() -> None:
    for code in set(spoken()) - {SOURCE}:
        text = (FOLDER / code / CATALOGUE).read_text(encoding="utf-8")
        assert by_oo(text) == by_babel(text)
        header, *_ = entries(text)
        assert header.plural_rule == read_po(BytesIO(text.encode())).plural_expr


def test_the_rule_of_plurals_is_in_the_header_only() -> None:
    header, entry = entries(HEADER + 'msgid "a"\nmsgstr "plural=n;"\n')
    assert header.plural_rule == "n > 1"
    assert entry.plural_rule is None
    assert [one.plural_rule for one in entries('msgid ""\nmsgstr "Language: de\\n"\n')] == [None]
