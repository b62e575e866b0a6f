"""What reading the store gives: documents, accounts and claims with their speakable names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from according.model import Document
from according.shapes import AccountJson, ClaimJson


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its speakable name; `document.revises` is filled in where an earlier version is stored."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account with its speakable name and its document."""

    name: str
    account: AccountJson
    document: StoredDocument


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its speakable name and its document."""

    name: str
    claim: ClaimJson
    document: StoredDocument


def document_of(row: Row[Any], revises: str | None = None) -> Document:
    """The document that a row holds."""
    return Document(**{**json.loads(row.content), "revises": revises})


def account_of(row: Row[Any], stored: StoredDocument) -> StoredAccount:
    """The account that a row holds."""
    return StoredAccount(row.name, AccountJson.model_validate_json(row.content), stored)


def claim_of(row: Row[Any], stored: StoredDocument) -> StoredClaim:
    """The claim that a row holds."""
    return StoredClaim(row.name, ClaimJson.model_validate_json(row.content), stored)
