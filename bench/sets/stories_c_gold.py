"""The gold voices of one report as a contract: one claim for each thing that a voice says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench import contract
from bench.model import Case, Contract

Row = Mapping[str, Any]


def as_contract(case: Case) -> Contract:
    """The report's accounts with the claims that the gold's voices make."""
    world, report, text = case.gold, case.gold["report"], str(case.document["text"])
    out, places = contract.blank(case.document), 0
    out["document"] |= {"sha256": "", "id": case.key}
    for number, row in enumerate(report["accounts"]):
        claims = []
        for claim in _claims(row, world, report):
            span = contract.span(text, places, places + 1)
            places += 1
            claims.append(_whole(claim, case.key, f"{case.key}-a{number}", span))
        kind = next((e["type"] for e in world["events"] if e["id"] == row["event"]), "armed_clash")
        parties = [contract.party(_name(i, world), id=i) for i in row["initiators"]]
        summary = {
            "date": _date(row), "place": _place(row["place"], world), "initiators": parties,
            "killed": _best(row["killed"]), "injured": _best(row["injured"]),
        }  # fmt: skip
        own = {"id": f"{case.key}-a{number}", "claims": [c["id"] for c in claims]}
        out["accounts"].append(contract.account(kind, **own, **summary))
        out["claims"] += claims
    return out


def _claims(row: Row, world: Row, report: Row) -> Iterator[dict[str, Any]]:
    scope = row.get("scope", "event")
    yield {"slot": "date", "value": _date(row), "speaker": _publisher(report)}
    yield {"slot": "place", "value": _place(row["place"], world), "speaker": _publisher(report)}
    for voice in row["voices"]:
        speaker = _speaker(voice["speaker"], world)
        actors = [contract.party(_name(i, world), id=i) for i in voice["initiators"]]
        refs = [{"id": a["id"], "name": a["name"], "span": None} for a in actors]
        if voice["stance"] == "asserts":
            if voice.get("about", "occurred") == "occurred":
                yield {"slot": "occurred", "subject": refs[0] if len(refs) == 1 else None, "speaker": speaker}
            for ref in refs:
                certainty = "certain" if len(refs) == 1 else "possible"
                yield {"slot": "initiator", "object": ref, "speaker": speaker, "certainty": certainty}
        elif voice.get("about", "occurred") == "occurred":
            yield {
                "slot": "occurred",
                "stance": voice["stance"],
                "subject": refs[0] if refs else None,
                "speaker": speaker,
            }
        else:
            yield {"slot": "responsibility", "stance": voice["stance"], "object": refs[0] if refs else None,
                   "speaker": speaker}  # fmt: skip
        for slot in ("killed", "injured"):
            if voice[slot]:
                yield {"slot": slot, "value": _count(voice[slot], scope), "speaker": speaker}
    if "abducted" in row:
        voice = _speaker(row["voices"][0]["speaker"], world)
        yield {"slot": "captured", "value": _count(row["abducted"], scope), "speaker": voice}
    if "civilians_by_party" in row:
        none = {**_count({"low": 0, "high": 0}, scope), "kind": "none", "status": "civilian"}
        yield {"slot": "harmed", "value": none, "speaker": _speaker("kaf", world)}


def _whole(claim: dict[str, Any], document: str, account: str, span: dict[str, Any]) -> dict[str, Any]:
    """The claim with all fields, under the id that According gives to such a claim."""
    from according.model import digest

    place = f"{span['start']}-{span['end']}"
    base = {
        "accounts": [account], "subject": None, "object": None, "value": None, "time": None, "place": None,
        "stance": "asserts", "certainty": "certain", "modality": "actual", "about": [], "via": [], "cue": None,
        "direct": False, "said_on": None, "evidence": [span], "origin": "gold",
    }  # fmt: skip
    base["id"] = "c" + digest(document, claim["slot"], claim.get("stance", "asserts"), place)
    return {**base, **claim}


def _name(key: str, world: Row) -> str:
    known = {a["id"]: str(a["name"]) for a in world["actors"]}
    return known.get(key) or str(world["world"]["non_actor_voices"].get(key, key))


def _speaker(key: str, world: Row) -> dict[str, Any]:
    known = any(a["id"] == key for a in world["actors"])
    name = _name(key, world)
    plural = not known and name.endswith("s") and not name.startswith("a ")
    kind = "actor" if known else "collective" if plural else "person" if name[:2] == "Dr" else "actor"
    return {"id": key if known else None, "name": name, "kind": kind, "role": None, "party": False, "speaks_for": None,
            "span": None}  # fmt: skip


def _publisher(report: Row) -> dict[str, Any]:
    return {"id": None, "name": report["publisher"], "kind": "publisher", "role": None, "party": False,
            "speaks_for": None, "span": None}  # fmt: skip


def _count(number: Row, scope: str) -> dict[str, Any]:
    kind = "exact" if number["low"] == number["high"] else "bound"
    return {"low": number["low"], "high": number["high"], "kind": kind, "word": None, "status": "unknown",
            "status_by_party": False, "group": None, "sex": None, "age": None, "scope": scope}  # fmt: skip


def _best(number: Row | None) -> dict[str, Any] | None:
    return None if number is None else {"low": number["low"], "best": number["low"], "high": number["high"]}


def _date(row: Row) -> dict[str, Any]:
    start, end = row["date"]["start"], row["date"]["end"]
    return {"start": start, "end": end, "precision": "day" if start == end else "range", "timex": None, "mod": None}


def _place(name: str, world: Row) -> dict[str, Any]:
    row = next((p for p in world["places"] if name in [p["name"], *p["variants"].split("|")]), None)
    base = {"id": None, "name": name, "latitude": None, "longitude": None, "precision": "country", "radius_km": None,
            "country": None, "admin1": None, "admin2": None}  # fmt: skip
    if row is None:
        return base
    point = {axis: float(row[axis]) for axis in ("latitude", "longitude")}
    return {**base, **point, "name": row["name"], "id": row["name"], "precision": "settlement",
            "admin1": row["province"]}  # fmt: skip
