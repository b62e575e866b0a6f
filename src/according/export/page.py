"""A page to print: one HTML file that asks no other host, runs nothing, and lets words run in their own direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from according.export.events import ExportClaim, ExportEvent, ExportRun, range_words
from according.export.losses import loss_rules
from according.export.origins import rule_row
from according.export.words import party_words, value_words
from according.shapes import RangeJson

_STYLE = """
body{font:11pt/1.45 Georgia,'Noto Serif',serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
body{color:#111;background:#fff}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #999}
table{border-collapse:collapse;width:100%;font-size:10pt}
caption{text-align:start;font-weight:bold;padding:.8rem 0 .2rem}
th,td{text-align:start;vertical-align:top;padding:.25rem .5rem .25rem 0}
th,td{border-top:1px solid #ddd;overflow-wrap:anywhere}
th[scope=row]{white-space:nowrap;font-weight:normal;color:#555;width:9rem}
q{font-style:italic}.id,code{font:9pt ui-monospace,monospace;color:#555}.against{font-weight:bold}
.made{border:1px solid #555;padding:.4rem .6rem;margin:1rem 0}
section{break-before:page}section:first-of-type{break-before:auto}tr{break-inside:avoid}
@media print{body{margin:0;max-width:none}}
"""
_STANCES = {
    "denies": "denies it", "confirms": "confirms it", "doubts": "doubts it", "silent": "has not spoken",
    "unclear": "says it is not known",
}  # fmt: skip


def event_page(events: Sequence[ExportEvent], run: ExportRun, method: Iterable[str]) -> str:
    """The page of one or several events.

    Args:
        events: as they may be told.
        run: how it was made; it stands at the top of each event.
        method: sentences on how to read it, each a paragraph.
    """
    title = events[0].name if len(events) == 1 else f"{len(events)} events"
    body = "".join(_event(event, run) for event in events)
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in method)
    rules = "".join(_rules(events))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n{body}"
        f"<section><h2>How to read this</h2>{told}{rules}</section>\n</body></html>\n"
    )


def _event(event: ExportEvent, run: ExportRun) -> str:
    kind = event.event_type.replace("_", " ") + ("" if event.modality == "actual" else f" ({event.modality})")
    parts = [
        f'<h1>{escape(kind[:1].upper() + kind[1:])}</h1><p class="id">{escape(event.name)}</p>',
        f'<p class="made">{escape(run.label)}; as of {escape(run.today)}</p>',
        _summary(event), _findings(event), *_claims(event), _others(event), _reports(event), _withheld(event),
    ]  # fmt: skip
    return "<section>" + "\n".join(part for part in parts if part) + "</section>\n"


def _words(text: str) -> str:
    """Words of others, in their own direction."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; empty where there are no rows."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    if not body:
        return ""
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table>"


def _summary(event: ExportEvent) -> str:
    summary = event.summary
    rows = [
        ("Date", value_words(summary.date)), ("Place", value_words(summary.place)),
        ("By", "; ".join(map(party_words, summary.initiators))),
        ("Against", "; ".join(map(party_words, summary.targets))),
        ("Killed", range_words(summary.killed) or ""), ("Injured", range_words(summary.injured) or ""),
        ("Weapon", (summary.weapon or "").replace("_", " ")), ("Damaged", "; ".join(summary.damaged)),
        ("Status", event.status.replace("_", " ")), ("Rule", summary.rule), ("Part of", event.part_of or ""),
    ]  # fmt: skip
    cells = (f'<tr><th scope="row">{escape(name)}</th><td>{_words(text)}</td></tr>' for name, text in rows if text)
    return f"<h2>Summary</h2><table><tbody>{''.join(cells)}</tbody></table>"


def _findings(event: ExportEvent) -> str:
    rows = []
    for found in event.findings:
        number = range_words(RangeJson(low=found.low, best=found.best, high=found.high)) or ""
        best = f" (best {found.best})" if found.best is not None and found.low != found.high else ""
        what = " ".join(filter(None, [found.slot, found.people, found.side])).replace("_", " ")
        status = found.status.replace("_", " ")
        cells = (what, number + best, status, f"{found.rule} {found.version}", str(found.speakers))
        rows.append([escape(text) for text in cells])
    return _table("Findings", ("what", "number", "status", "rule", "independent speakers"), rows)


def _claims(event: ExportEvent) -> Iterator[str]:
    yield "<h2>Claims</h2>"
    order = list(dict.fromkeys(c.claim.slot for c in event.claims))
    ordered = sorted(event.claims, key=lambda c: order.index(c.claim.slot))
    for slot, group in groupby(ordered, key=lambda c: c.claim.slot):
        caption = slot.replace("_", " ").capitalize()
        yield _table(caption, ("claim", "who says so", "words", "report"), (_claim(c) for c in group))


def _claim(stored: ExportClaim) -> list[str]:
    claim = stored.claim
    named = claim.object.name if claim.object is not None else ""
    how = [str(part) for part in (claim.certainty, claim.modality) if part not in {"certain", "actual"}]
    what = " ".join(part for part in (value_words(claim.value), f"({named})" if named else "", *how) if part)
    stance = _STANCES.get(claim.stance)
    who = _words(claim.speaker.name) + (f' <span class="against">{escape(stance)}</span>' if stance else "")
    who += " (a party)" if claim.speaker.party else ""
    who += f" via {_words('; '.join(v.speaker for v in claim.via))}" if claim.via else ""
    quotes = " … ".join(f'<q dir="auto">{escape(s.quote)}</q>' for s in claim.evidence)
    where = ", ".join(f"{s.start}-{s.end}" for s in claim.evidence)
    about = "".join(f'<br><span class="id">{escape(tie.rel)} {escape(tie.claim)}</span>' for tie in claim.about)
    return [
        f'{_words(what)}<br><span class="id">{escape(stored.name)}<br>{escape(claim.id)}</span>{about}', who, quotes,
        f'<span class="id">{escape(stored.document.name)}<br>{where}<br>{escape(claim.origin)}</span>',
    ]  # fmt: skip


def _others(event: ExportEvent) -> str:
    rows = []
    for stored in event.others:
        subject = stored.claim.subject.name if stored.claim.subject is not None else ""
        first, *rest = _claim(stored)
        rows.append([f"{_words(subject)} {escape(stored.claim.slot.replace('_', ' '))} {first}", *rest])
    return _table(
        "The same reports about actors, places and opinions", ("claim", "who says so", "words", "report"), rows
    )


def _reports(event: ExportEvent) -> str:
    rows = [
        [
            f'{_words(d.label)}<br><span class="id">{escape(d.name)}</span>',
            f"<code>{escape(d.url)}</code>" if d.url else "", f"<code>{escape(d.sha256)}</code>",
        ]
        for d in event.documents
    ]  # fmt: skip
    return _table("Reports", ("report", "address", "SHA-256 of its text"), rows)


def _withheld(event: ExportEvent) -> str:
    if not event.withheld:
        return ""
    told = "".join(f"<li>{escape(loss_rules()[rule].message)}</li>" for rule in event.withheld)
    return f"<h2>Withheld</h2><ul>{told}</ul>"


def _rules(events: Sequence[ExportEvent]) -> Iterator[str]:
    origins = sorted({c.claim.origin for e in events for c in (*e.claims, *e.others)})
    rows = []
    for origin in origins:
        cells = rule_row(origin)
        told = "; ".join(f"{name}: {cells[name]}" for name in ("phrase", "example", "counterexample") if name in cells)
        rows.append([f"<code>{escape(origin)}</code>", escape(told) or "a rule in the program, or a model"])
    yield _table("Rules that made these claims", ("origin", "row"), rows)
