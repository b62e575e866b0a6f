"""Back from the contract's shapes to the nouns: what a line of `according code --json` or a stored claim means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter

from according import model, values
from according.shapes import AccountJson, ClaimJson, Contract, MentionJson, ValueJson

T = TypeVar("T")


def from_contract(contract: Contract) -> model.Coding:
    """The coding that a contract was made of; `to_contract` of it gives the contract again."""
    document = model.Document(**contract.document.model_dump(exclude={"id", "sha256"}))
    return model.Coding(
        document,
        accounts=tuple(account_from(a, contract.document.id) for a in contract.accounts),
        claims=tuple(claim_from(c, contract.document.id) for c in contract.claims),
        mentions=tuple(_mention(m) for m in contract.mentions),
        attributions=tuple(_read(model.Attribution, _fields(a)) for a in contract.attributions),
        issues=tuple(_read(model.Issue, _fields(i)) for i in contract.issues),
    )


def claim_from(claim: ClaimJson, document: str) -> model.Claim:
    """The claim of a document, whose id is given."""
    content = {**_fields(claim, "id", "value"), "document": document}
    return _read(model.Claim, {**content, "value": value_from(claim.value)})


def account_from(account: AccountJson, document: str) -> model.Account:
    """The account of a document, whose id is given."""
    content = {**_fields(account), "document": document}
    for side in ("initiators", "targets"):
        content["summary"][side] = [_party(p) for p in content["summary"][side]]
    return _read(model.Account, content)


def value_from(value: ValueJson | None) -> Any:
    """The typed value."""
    if value is None:
        return None
    name, content = type(value).__name__.removesuffix("Json"), _fields(value)
    if name == "Count":
        content["range"] = {key: content.pop(key) for key in ("low", "high", "kind", "word")}
    return _read(getattr(model if name == "ActorRef" else values, name), content)


def _mention(mention: MentionJson) -> model.Mention:
    span = model.Span(mention.start, mention.end, mention.quote)
    return model.Mention(mention.kind, span, value_from(mention.value))


def _party(party: Mapping[str, Any]) -> dict[str, Any]:
    ref = {key: party[key] for key in ("id", "name", "span")}
    return {"ref": ref, **{key: party[key] for key in ("kind", "country", "confidence")}}


def _fields(shape: BaseModel, *without: str) -> dict[str, Any]:
    return shape.model_dump(exclude=set(without))


def _read(kind: type[T], content: object) -> T:
    read: T = _adapter(kind).validate_python(content)  # type: ignore[arg-type]  # a class can be hashed
    return read


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
