"""The dossier: one ZIP with a folder an event, that can be printed, read by programs, and checked without a network.

A folder holds `event.html` (to print), `event.json` (accounts, claims, reports), `claims.csv`, `rules.json` (the rows
that made the claims), `log.jsonl` (what the store's log says of the reports) and, where asked for, `texts/` (their
texts, as far as they may be told). `manifest.json` has the SHA-256 of every file; its own is the dossier's seal.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from according.export.codes import FORMATS_DATA
from according.export.context import ExportContext, Exported
from according.export.events import ExportDocument, ExportEvent, ExportRun
from according.export.losses import Losses
from according.export.origins import rule_row
from according.export.page import event_page
from according.export.tables import export_claims

KIND = "according dossier 1"
MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same events give the same bytes


def export_dossier(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events as one ZIP; the same events, run and day give the same bytes."""
    losses = Losses("dossier")
    files = {"method.txt": (FORMATS_DATA / "method.txt").read_bytes()}
    for event in events:
        files |= {f"{event.name}/{name}": content for name, content in _folder(event, context)}
        if not context.texts:
            losses.note("dossier#texts", event.name)
    files["losses.json"] = _json(losses.report(len(events)).as_json())
    files[MANIFEST] = _json(_manifest(events, context.run, files))
    return Exported(_zip(files), losses.report(len(events)))


def export_page(events: Sequence[ExportEvent], context: ExportContext) -> Exported:
    """Events as one HTML page to print, without anything from another host."""
    method = (FORMATS_DATA / "method.txt").read_text(encoding="utf-8").splitlines()
    return Exported(event_page(events, context.run, method).encode("utf-8"), Losses("html").report(len(events)))


def _folder(event: ExportEvent, context: ExportContext) -> Iterator[tuple[str, bytes]]:
    yield "event.html", export_page([event], context).content
    yield "event.json", _json(event_json(event, context))
    yield "claims.csv", export_claims([event], context).content
    origins = sorted({c.claim.origin for c in (*event.claims, *event.others)})
    yield "rules.json", _json({origin: rule_row(origin) for origin in origins})
    rows = [row for document in event.documents for row in context.log.get(document.id, ())]
    yield "log.jsonl", b"".join(_line(row) for row in rows)
    if context.texts:
        for document in event.documents:
            if document.text is not None:
                yield f"texts/{document.name}.txt", document.text.encode("utf-8", "surrogatepass")


def event_json(event: ExportEvent, context: ExportContext) -> Mapping[str, object]:
    """The event as JSON: accounts and claims as in the contract, with speakable names, and the reports."""
    return {
        "event": event.name, "id": event.id, "part_of": event.part_of, "status": str(event.status),
        "withheld": list(event.withheld),
        "accounts": [account.model_dump(mode="json") for account in event.accounts],
        "findings": [
            {
                "slot": f.slot, "people": f.people, "side": f.side, "low": f.low, "best": f.best, "high": f.high,
                "status": str(f.status), "rule": f"{f.rule} {f.version}", "speakers": f.speakers,
                "claims": list(f.claims), "against": list(f.against), "replaced": list(f.replaced),
            }
            for f in event.findings
        ],
        "claims": [_claim(c.name, c.document.id, c.claim.model_dump(mode="json")) for c in event.claims],
        "others": [_claim(c.name, c.document.id, c.claim.model_dump(mode="json")) for c in event.others],
        "reports": [_report(document, context.texts) for document in event.documents],
    }  # fmt: skip


def _claim(name: str, document: str, content: Mapping[str, object]) -> Mapping[str, object]:
    return {"name": name, "report": document, **content}


def _report(document: ExportDocument, with_text: bool) -> Mapping[str, object]:
    """A report; `text` says where its text is, and whether something was taken out of it."""
    names = ("id", "name", "sha256", "key", "url", "title", "publisher", "published", "language")
    told: Mapping[str, object] | None = None
    if with_text and document.text is not None:
        digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        told = {"file": f"texts/{document.name}.txt", "whole": digest == document.sha256}
    return {**{name: getattr(document, name) for name in names}, "text": told}


def _manifest(events: Sequence[ExportEvent], run: ExportRun, files: Mapping[str, bytes]) -> Mapping[str, object]:
    return {
        "kind": KIND, "events": [event.name for event in events], "made": run.made, "run": run.id,
        "version": run.version, "rules": run.rules, "project_rules": run.project, "as_of": run.today,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }  # fmt: skip


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _line(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
