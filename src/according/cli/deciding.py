"""What the verbs of deciding make of their options: corrections, claims, moves, sides, findings; the log's rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from according.cli.desk import Desk, about
from according.contract import Slots, load_slots
from according.decision import Act, Anchor, Correction, Decision, HandFinding, Sides
from according.errors import InvalidInput
from according.model import Account, Certainty, Claim, Document, FindingStatus, Modality, Stance, digest
from according.review import Question, by_hand, undone
from according.store import short, speakable
from according.store.decisions import to_content
from according.values import Code, Value

_TYPED = frozenset({"occurred", "event_type"})  # slots whose value is an event type


def _slot(slots: Slots, slot: str) -> str | None:
    """The type of a slot's value, or None.

    Raises:
        InvalidInput: there is no such slot.
    """
    if slot not in slots:
        raise InvalidInput(f"there is no slot {slot!r}; slots are {', '.join(slots)}")
    kind = slots[slot].get("value")
    return None if kind is None else str(kind)


def _value(desk: Desk, slot: str, written: str | None, base: Value | None = None) -> Value | None:
    kind = _slot(load_slots(desk.settings.slots), slot)
    if written is None:
        return None
    made = by_hand.value(written, kind, base)
    if slot in _TYPED and isinstance(made, Code):
        _check_type(made.code)
    return made


def _check_type(kind: str) -> None:
    from according.rules import DATA, load_vocabulary

    types = load_vocabulary(DATA / "vocabulary" / "event_types.yaml")
    if kind not in types:
        raise InvalidInput(f"there is no event type {kind!r}; types are {', '.join(types)}")


def correction_of(desk: Desk, machine: Claim, options: Mapping[str, Any]) -> Correction:
    """The correction that the options describe, of a claim as it stands."""
    standing = desk.standing(machine).claim
    report = desk.store.document(machine.document).document
    slot = options["slot"] or standing.slot
    given = _said(desk, report, options)
    if options["quote"] or options["offsets"]:
        given["evidence"] = (by_hand.words(report, options["quote"], options["offsets"]),)
    value = _value(desk, slot, options["value"], standing.value if slot == standing.slot else None)
    return Correction(slot=options["slot"], value=value, cleared=tuple(options["clear"]), **given)


def homes(desk: Desk, report: Document, slot: str, names: Sequence[str]) -> tuple[Anchor, ...]:
    """The accounts that a new claim belongs to: those named; the report's only one where an event's slot names none.

    Raises:
        InvalidInput: an event is of another report, or it is not clear which one is meant.
    """
    own = {a.id: a for a in desk.accounts_of(report.id)}
    chosen = tuple(anchor for name in names for anchor in desk.event(name))
    if any(anchor.account not in own for anchor in chosen):
        raise InvalidInput("a claim belongs to events of its own report; judge events with: according decide same")
    slots = load_slots(desk.settings.slots)
    _slot(slots, slot)
    if chosen or slots[slot]["of"] != "event":
        return chosen
    if len(own) != 1:
        events = ", ".join(f"{short(speakable(a.id))} ({a.event_type})" for a in own.values())
        raise InvalidInput(f"the report has {len(own)} events; say which with --event: {events or 'create one first'}")
    return tuple(Anchor(a.id, a.claims) for a in own.values())


def added_claim(desk: Desk, report: Document, slot: str, options: Mapping[str, Any]) -> Claim:
    """The claim that the options describe, by its words in a report."""
    span = by_hand.words(report, options["quote"], options["offsets"])
    value = _value(desk, slot, options["value"])
    said = {"speaker": by_hand.speaker(None, report, ()), **_said(desk, report, options)}
    return Claim(report.id, slot, evidence=(span,), origin="by_hand", value=value, **said)


def _said(desk: Desk, report: Document, options: Mapping[str, Any]) -> dict[str, Any]:
    """What the options say of subject, object, speaker, stance, certainty and modality; the rest is absent."""
    claims = desk.claims_of(report.id) if options["speaker"] or options["subject"] or options["thing"] else []
    made = {
        "speaker": options["speaker"] and by_hand.speaker(options["speaker"], report, claims),
        "subject": options["subject"] and by_hand.ref(options["subject"], report, claims),
        "object": options["thing"] and by_hand.ref(options["thing"], report, claims),
        "stance": options["stance"] and Stance(options["stance"]),
        "certainty": options["certainty"] and Certainty(options["certainty"]),
        "modality": options["modality"] and Modality(options["modality"]),
    }
    return {name: value for name, value in made.items() if value}


def created_account(desk: Desk, report: Document, kind: str, modality: str, names: Sequence[str]) -> Account:
    """A new account of a report, with claims that move to it.

    Raises:
        InvalidInput: there is no such type, or a claim is another report's.
    """
    _check_type(kind)
    claims = [desk.claim(name) for name in names]
    for claim, name in zip(claims, names, strict=True):
        if claim.document != report.id:
            raise InvalidInput(f"the claim {name} is of another report; an event's claims are of its own")
    ids = tuple(dict.fromkeys(c.id for c in claims))
    return Account(
        "a" + digest("created", report.id, desk.at, desk.by, kind, *ids), report.id, kind, Modality(modality), ids
    )


def moved(desk: Desk, name: str, target: str | None) -> Decision:
    """The move of a claim, or of an account where the name means one; an account leaves all others of its event."""
    try:
        claim = desk.claim(name)
    except InvalidInput as no_claim:
        try:
            desk.account(name)
        except InvalidInput:
            raise no_claim from None
        if target is None:
            raise InvalidInput(f"{name} is an event; say where to with --to EVENT, or use: decide different") from None
        own, to = desk.whole(name), desk.whole(target)
        if own[0].account in {a.account for a in to}:
            raise InvalidInput(f"{name} is of that event already") from None
        return Decision(Act.MOVE, accounts=own, to=to, **desk.signed)
    to = () if target is None else desk.event(target)
    if not {a.account for a in to} <= {a.id for a in desk.accounts_of(claim.document)}:
        raise InvalidInput(f"the claim {name} is of another report than that event; judge events with: decide same")
    return Decision(Act.MOVE, claim=claim.id, seen=claim, to=to, **desk.signed)


def ends(desk: Desk, one: str, other: str) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    """The accounts on either side of a link: all of both events, or of one and the same event only the two named.

    Raises:
        InvalidInput: both names mean one account.
    """
    [first], [second] = desk.event(one), desk.event(other)
    if first.account == second.account:
        raise InvalidInput(f"{one} and {other} are what one report tells of one event; name two")
    wholes = desk.whole(one), desk.whole(other)
    joined = first.account in {a.account for a in wholes[1]}
    return ((first,), (second,)) if joined else wholes


def score(desk: Desk, one: str, other: str) -> float | None:
    """What linking gives for two stored accounts; None where it would not compare them, or a person made one."""
    from according.link import link_rows

    lines: dict[str, dict[str, Any]] = {}
    for name in (one, other):
        try:
            stored = desk.store.account(name)
        except InvalidInput:
            return None
        document = stored.document.document
        line = lines.setdefault(
            document.id,
            {"document": {"id": document.id, "publisher": document.publisher}, "accounts": [], "claims": []},
        )
        line["accounts"].append(stored.account.model_dump(mode="json"))
        line["claims"] += [c.claim.model_dump(mode="json") for c in desk.store.claims(stored)]
    rows = {row["key"]: row for row in link_rows(lines.values())}
    return next((float(x["score"]) for x in rows[one]["links"] if x["key"] == other), None)


def sides_from(cells: Sequence[str], options: Mapping[str, Any]) -> Sides:
    """Dyad and sides from cells written as COLUMN=VALUE.

    Raises:
        InvalidInput: a column is none of GED's that describe dyad and sides, or stands twice.
    """
    from according.export.ged_choices import COLUMNS

    chosen = {"type_of_violence": str(options["violence"])}
    for cell in cells:
        column, equals, content = cell.partition("=")
        if not equals or column not in COLUMNS:
            raise InvalidInput(f"{cell!r} is no COLUMN=VALUE of GED; columns are {', '.join(COLUMNS)}")
        if column in chosen:
            raise InvalidInput(f"the column {column} is given twice; keep one")
        chosen[column] = content.strip()
    return Sides(tuple(sorted(chosen.items())), options["initiator"], options["target"])


def finding_from(desk: Desk, slot: str, options: Mapping[str, Any]) -> HandFinding:
    """The finding that the options describe.

    Raises:
        InvalidInput: the slot does not take what is given.
    """
    kind = _slot(load_slots(desk.settings.slots), slot)
    numbers = {end: options[end] for end in ("low", "best", "high")}
    if kind in {"Count", "CountRange"} and options["value"] is not None:
        raise InvalidInput(f"{slot} is a number; set it with --low, --best and --high")
    if kind not in {"Count", "CountRange"} and any(n is not None for n in numbers.values()):
        raise InvalidInput(f"{slot} is no number; set it with --value")
    status = options["status"] and FindingStatus(options["status"])
    value = _value(desk, slot, options["value"])
    return HandFinding(slot, options["people"], options["side"], **numbers, value=value, status=status)


def last_own(desk: Desk, number: int) -> list[Decision]:
    """The person's last decisions that count, undos left out.

    Raises:
        InvalidInput: there are fewer.
    """
    gone = undone(desk.decisions)
    own = [d for d in desk.decisions if d.by == desk.by and d.act is not Act.UNDO and d.id not in gone]
    if len(own) < number:
        raise InvalidInput(
            f"{desk.by} has {len(own)} decisions to take back, not {number}; list them with: according log"
        )
    return own[-number:]


# The log


def log_rows(folder: Path | None, only: Mapping[str, str | None], again: bool) -> list[dict[str, Any]]:
    """The decisions as JSON objects with id, name, and whether they were undone; `again` has the reason to look."""
    desk = Desk.looking(folder)
    ids = _subjects(desk, only)
    gone = undone(desk.decisions)
    questions: Sequence[tuple[Decision, Question | None]] = [(d, None) for d in desk.decisions]
    if again:
        questions = [(q.decision, q) for q in desk.reviewed().questions]
    rows = []
    for one, question in questions:
        if (ids is not None and not ids & _named(one)) or (only["by"] is not None and one.by != only["by"]):
            continue
        row = {"id": one.id, "name": speakable(one.id), **json.loads(to_content(one)), "undone": one.id in gone}
        if question is not None:
            row["again"] = {"why": question.why, "message": question.message, "candidates": list(question.candidates)}
        rows.append({**row, "about": about(one)})
    return rows


def _subjects(desk: Desk, only: Mapping[str, str | None]) -> set[str] | None:
    """Ids of the claim or event asked for; None where all are."""
    if only["claim"] is None and only["event"] is None:
        return None
    found = {desk.claim(only["claim"]).id} if only["claim"] else set()
    return found | {a.account for a in desk.event(only["event"])} if only["event"] else found


def _named(decision: Decision) -> set[str]:
    """Ids of all claims and accounts that a decision names."""
    claims = {decision.claim, *((decision.added.id,) if decision.added else ())}
    created = {decision.created.id, *decision.created.claims} if decision.created else set()
    return {i for i in (*claims, *created, *(a.account for a in (*decision.accounts, *decision.to))) if i}


def print_log(rows: Sequence[Mapping[str, Any]], again: bool) -> int:
    """Print the log as a table; how many rows there were."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from according.cli.plain import clean
    from according.cli.table import screen

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    names = ("decision", "at", "by", "act", "about", "look again since" if again else "why")
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=name == "decision")
    for row in rows:
        act = row["act"].replace("_", " ") + (" (undone)" if row["undone"] else "")
        why = row["again"]["message"] if again else row.get("reason", "")
        cells = (short(row["name"]), row["at"][:16].replace("T", " "), row["by"], act, row["about"], why)
        table.add_row(*(Text(clean(cell)) for cell in cells))
    if rows:
        screen().print(table)
    return len(rows)
