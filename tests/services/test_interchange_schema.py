"""The published schema is what the program writes, to the last member."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.errors import UserError
from app.paths import PROGRAM
from app.services.interchange import SCHEMA, decode, encode
from app.services.interchange_schema import letter_schema, written_schema
from tests.readers import the_reader

MADE = sorted((Path(__file__).parents[1] / "letters" / "made").glob("*.pdf"))


def test_the_published_file_is_the_schema_of_this_program() -> None:
    published = PROGRAM / "docs" / "schema" / f"letter-{SCHEMA}.json"
    assert published.read_bytes() == written_schema(), (
        "What `parse --json` writes has changed. A member that others may miss is a new schema: "
        "raise SCHEMA in app/services/interchange.py and keep the file of the old one. Then "
        f"write it anew: python main.py schema > docs/schema/letter-{SCHEMA}.json"
    )


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(letter_schema())


@pytest.mark.parametrize("file", MADE, ids=lambda file: file.stem)
def test_what_is_written_is_all_described(file: Path) -> None:
    written = json.loads(encode(the_reader().letter(file).result, file.name))
    Draft202012Validator(_closed(letter_schema())).validate(written)


def test_what_the_schema_refuses_is_refused() -> None:
    validator = Draft202012Validator(letter_schema())
    for wrong in (
        {},
        {"schema": SCHEMA + 1},
        {"schema": SCHEMA, "issues": [{"decision": "Perhaps"}]},
    ):
        assert not validator.is_valid(wrong)
        with pytest.raises(UserError, match="schema"):
            decode(json.dumps(wrong).encode())


def _closed(part: Any) -> Any:
    """The schema with no room for a member that it does not name."""
    if isinstance(part, list):
        return [_closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    closed = {name: _closed(each) for name, each in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        closed["additionalProperties"] = False
    return closed
