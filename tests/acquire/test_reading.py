from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.acquire import Intake, LeftOut, ReadOptions, Why, iso_day, read
from according.errors import InvalidInput

ENGLISH = (
    "The army said on Tuesday that it had shelled the village of Orrin, and that seven fighters had been killed there. "
    "Residents said that two farmers were among the dead."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Army shells Orrin - Lowland Post</title>
<meta property="og:site_name" content="Lowland Post">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://lowland.example/orrin"></head>
<body><nav>Home Sport</nav><article><h1>Army shells Orrin</h1><p>{ENGLISH}</p>
<p>The village lies on the road to the north, which has been closed since the winter, the council said.</p></article>
</body></html>"""


def pdf(text: str) -> bytes:
    """A one-page PDF that shows the text; none where it is empty, as in a scan."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode() if text else b""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + head + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)


def one(path: Path, **options: object) -> Intake | LeftOut:
    [found] = read([str(path)], ReadOptions(**options))  # type: ignore[arg-type]
    return found


def made(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(found: Intake | LeftOut) -> str:
    assert isinstance(found, LeftOut), found
    assert found.why is Why.INVALID
    return found.message


def test_text_keeps_its_line_ends_and_offsets(tmp_path: Path) -> None:
    text = "\r\nFirst 🚑 line.\r\n\r\nSecond e\u0301 line.\r"
    found = one(made(tmp_path / "a.txt", text), published="2021-03-04", publisher="Post")
    assert isinstance(found, Intake)
    assert found.document.text == text
    assert (found.document.published, found.document.publisher) == ("2021-03-04", "Post")
    assert found.document.title is None


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_understood_and_dropped(tmp_path: Path, codec: str) -> None:
    found = one(made(tmp_path / "a.txt", ENGLISH.encode(codec)))
    assert isinstance(found, Intake)
    assert found.document.text == ENGLISH


def test_encoding_is_never_guessed(tmp_path: Path) -> None:
    path = made(tmp_path / "a.txt", "Le général était là.".encode("latin-1"))
    assert refused(one(path)) == (
        "the byte 0xE9 at offset 4 is not UTF-8; convert the file to UTF-8, or name its encoding with --encoding"
    )
    found = one(path, encoding="latin-1")
    assert isinstance(found, Intake)
    assert found.document.text.startswith("Le général")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\r\n", "empty"),
        ("blank.pdf", b"", "empty"),
        ("noise.txt", bytes(range(256)) * 40, "binary"),
        ("report.txt", b"PK\x03\x04word/document.xml", "Word"),
        ("wide.txt", ENGLISH.encode("utf-16-le"), "UTF-16 without a byte-order mark"),
        ("text.pdf", ENGLISH.encode(), "is no PDF"),
        ("broken.pdf", b"%PDF-1.4\nnothing more", "damaged"),
        ("scan.pdf", pdf(""), "no text, only images"),
        ("page.html", b"<html><body></body></html>", "no article"),
        ("rows.jsonl", b"", "empty"),
        ("rows.jsonl", b"\n\n", "empty"),
        ("rows.json", b'[\n{"text": "x"}\n]', "JSON spread over several lines"),
        ("rows.jsonl", b"[1, 2]", "a list and not an object"),
        ("rows.jsonl", b"3", "a number and not an object"),
        ("rows.jsonl", b"null", "null and not an object"),
        ("rows.jsonl", b'{"text": ', "not JSON"),
        ("rows.jsonl", b"[" * 100_000, "nested too deep"),
        ("rows.jsonl", b"9" * 10_000, "too long"),
        ("rows.jsonl", b'{"title": "x"}', "no text"),
        ("rows.jsonl", b'{"text": 7}', "no text"),
        ("rows.jsonl", b'{"text": "  "}', "no text"),
        ("rows.jsonl", b'{"text": "x", "title": 7}', "its field title is a number"),
        ("rows.jsonl", b'{"text": "x", "url": {"a": 1}}', "its field url is an object"),
        ("rows.jsonl", b'{"text": "x", "published": "24/01/2018"}', "write it as YYYY-MM-DD"),
        ("rows.jsonl", b'{"text": "x", "published": "2018-02-30"}', "not ISO 8601"),
        ("rows.jsonl", '{"text": "é"}'.encode("latin-1"), "0xE9"),
        ("rows.jsonl", '{"text": "x"}'.encode("utf-16"), "UTF-16"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    message = refused(one(made(tmp_path / name, content)))
    assert words in message
    assert "\n" not in message


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refused(one(tmp_path / "none.txt"))


def test_sizes_are_bounded(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(50_000_000)
    assert refused(one(big)) == (
        "it has 50,000,000 bytes, and 20,000,000 is the most for one document; split it, or raise max_bytes"
    )
    assert "max_characters" in refused(one(made(tmp_path / "long.txt", "x " * 600), max_characters=1000))
    row = json.dumps({"text": "y " * 200})
    path = made(tmp_path / "rows.jsonl", f'{row}\n{{"text": "short"}}\n{row}')
    found = list(read([str(path)], ReadOptions(max_bytes=100)))
    assert [type(f) for f in found] == [LeftOut, Intake, LeftOut]
    assert [f.place.rpartition(" ")[2] for f in found] == ["1", "2", "3"]


def test_big_standard_input_is_not_read_whole() -> None:
    endless = io.BytesIO(b"word " * 1000)
    [found] = read(["-"], ReadOptions(max_bytes=100), endless)
    assert "more than 100 bytes" in refused(found)
    assert endless.tell() <= 110


def test_html(tmp_path: Path) -> None:
    found = one(made(tmp_path / "a.html", PAGE))
    assert isinstance(found, Intake)
    document = found.document
    assert (document.title, document.publisher, document.published) == (
        "Army shells Orrin", "Lowland Post", "2021-03-04",
    )  # fmt: skip
    assert document.url == "https://lowland.example/orrin"
    assert document.text.startswith("The army said")
    assert "Home" not in document.text
    dated = one(tmp_path / "a.html", published="2021-03-05", publisher="Mirror")
    assert isinstance(dated, Intake)
    assert (dated.document.published, dated.document.publisher) == ("2021-03-05", "Mirror")


def test_html_without_a_date_has_none(tmp_path: Path) -> None:
    page = PAGE.replace("2021-03-04T10:00:00Z", "").replace("winter", "winter of 2019")
    found = one(made(tmp_path / "a.html", page))
    assert isinstance(found, Intake)
    assert found.document.published is None


def test_pdf(tmp_path: Path) -> None:
    found = one(made(tmp_path / "a.pdf", pdf("Seven fighters were killed near Orrin.")))
    assert isinstance(found, Intake)
    assert found.document.text == "Seven fighters were killed near Orrin."
    assert found.document.published is None


def test_a_bad_row_does_not_stop_the_next(tmp_path: Path) -> None:
    rows = ['{"text": "A", "id": 7, "published": "2021-03-04T23:59:00+02:00"}', "nonsense", "", '{"text": "B"}']
    found = list(read([str(made(tmp_path / "r.jsonl", "\r\n".join(rows)))], ReadOptions(published="2020-01-01")))
    first, second, third = found
    assert isinstance(first, Intake)
    assert (first.document.key, first.document.published) == ("7", "2021-03-04")
    assert isinstance(second, LeftOut)
    assert second.place.endswith("r.jsonl line 2")
    assert isinstance(third, Intake)
    assert third.document.published == "2020-01-01"


def test_an_unknown_field_is_said_and_the_row_is_read(tmp_path: Path) -> None:
    found = one(made(tmp_path / "r.jsonl", '{"text": "A", "publshed": "2021-03-04"}'))
    assert isinstance(found, Intake)
    [issue] = found.issues
    assert issue.kind == "unknown_field"
    assert "publshed" in issue.message


def test_standard_input_is_sniffed() -> None:
    def kinds(data: bytes) -> list[Intake | LeftOut]:
        return list(read(["-"], ReadOptions(), io.BytesIO(data)))

    [text] = kinds(ENGLISH.encode())
    assert isinstance(text, Intake)
    assert text.document.text == ENGLISH
    assert len(kinds(b'{"text": "A"}\n{"text": "B"}\n')) == 2
    assert "a list" in str(kinds(b'[1]\n{"text": "B"}\n')[0])
    [page] = kinds(PAGE.encode())
    assert isinstance(page, Intake)
    assert page.document.title == "Army shells Orrin"
    [empty] = kinds(b"")
    assert "empty" in refused(empty)
    [quoted] = kinds(b"[Translated] The army said so.")
    assert isinstance(quoted, Intake)


def test_folders_are_read_in_order_and_other_files_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    made(tmp_path / ".hidden" / "x.txt", "no")
    made(tmp_path / "b" / "2.txt", "two")
    made(tmp_path / "b" / "1.TXT", "one")
    made(tmp_path / "c.png", "x")
    made(tmp_path / "a.jsonl", '{"text": "zero"}')
    found = list(read([str(tmp_path)], ReadOptions()))
    assert [f.document.text for f in found if isinstance(f, Intake)] == ["zero", "one", "two"]
    assert [f.why for f in found if isinstance(f, LeftOut)] == [Why.OTHER]
    (tmp_path / "d").mkdir()
    assert "holds no files" in refused(next(iter(read([str(tmp_path / "d")], ReadOptions()))))
    made(tmp_path / "d" / "e.png", "x")
    other, folder = read([str(tmp_path / "d")], ReadOptions())
    assert isinstance(other, LeftOut)
    assert other.why is Why.OTHER
    assert "holds no text" in refused(folder)


def test_broken_characters_keep_their_place(tmp_path: Path) -> None:
    path = made(tmp_path / "r.jsonl", b'{"text": "A\\ud83d B \\ud83d\\ude91 C\\u0000"}')
    found = one(path)
    assert isinstance(found, Intake)
    assert found.document.text == "A\ufffd B 🚑 C\0"
    assert {issue.kind for issue in found.issues} == {"broken_character", "null_character"}


@pytest.mark.parametrize(
    ("text", "stated", "language", "kinds"),
    [
        (ENGLISH, None, "en", set()),
        (ENGLISH, "en-GB", "en-GB", set()),
        (ENGLISH, "ar", "en", {"language_differs"}),
        (ENGLISH.upper(), None, "en", set()),
        ("قال الجيش إنه قتل سبعة مسلحين", None, "ar", {"language_not_read"}),
        ("قال الجيش إنه قتل سبعة مسلحين", "en", "en", {"language_not_read"}),
        ("Армия заявила, что обстреляла село.", None, None, {"language_not_read"}),
        ("Seven dead.", None, None, set()),
        ("Sept morts.", "fr", "fr", {"language_not_read"}),
        (
            "L'armée a déclaré mardi que sept combattants avaient été tués près du village, selon un communiqué.",
            None, "fr", {"language_not_read"},
        ),
    ],
)  # fmt: skip
def test_language(tmp_path: Path, text: str, stated: str | None, language: str | None, kinds: set[str]) -> None:
    found = one(made(tmp_path / "r.jsonl", json.dumps({"text": text, "language": stated})))
    assert isinstance(found, Intake)
    assert {issue.kind for issue in found.issues} == kinds
    if language:
        assert found.document.language == language


def test_dates() -> None:
    assert iso_day(" 2018-01-24 ") == "2018-01-24"
    assert iso_day("2018-01-24T10:00:00Z") == "2018-01-24"
    for wrong in ("", "2018", "24.01.2018", "yesterday", "2018-13-01"):
        with pytest.raises(InvalidInput, match="YYYY-MM-DD"):
            iso_day(wrong)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_document_or_a_sentence(data: bytes) -> None:
    for found in read(["-"], ReadOptions(), io.BytesIO(data)):
        assert isinstance(found, Intake | LeftOut)
        if isinstance(found, Intake):
            found.document.text.encode("utf-8")
