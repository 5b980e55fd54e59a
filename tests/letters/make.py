"""Writes the made-up letters and what is read from them: `python -m tests.letters.make`.

The golden files are for reading through by a person before they are committed: `--golden` writes
them anew, without it only the PDFs are written. The first case also becomes the program's sample.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.services import pdf
from app.services.interchange import to_contract
from app.services.parsing import parse
from tests.conftest import PROJECT
from tests.letters.cases import CASES, SAMPLE
from tests.letters.forms import set_letter

FOLDER = Path(__file__).resolve().parent / "made"
SAMPLES = PROJECT / "resources" / "samples"


def golden_of(path: Path) -> dict[str, object]:
    """What is read from a letter, as the commands print it; boxes to three places."""
    contract = json.loads(json.dumps(to_contract(parse(pdf.read(path)), path.name), default=str))
    for seen in contract["evidence"].values():
        if seen.get("boxes"):
            seen["boxes"] = [[round(edge, 3) for edge in box] for box in seen["boxes"]]
    return contract


def _is_as_it_was(path: Path, made: bytes, case: Mapping[str, Any]) -> bool:
    """Whether a file that is encrypted by other chance bytes each time says and shows the same."""
    if not case.get("encrypted") or not path.is_file():
        return False
    return pdf.read(path).pages == pdf.read(made).pages


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--golden", action="store_true")
    wanted = options.parse_args()
    FOLDER.mkdir(exist_ok=True)
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        path = FOLDER / f"{name}.pdf"
        made = set_letter(case)
        if not _is_as_it_was(path, made, case):
            path.write_bytes(made)
        if wanted.golden:
            golden = json.dumps(golden_of(path), indent=1, ensure_ascii=False)
            path.with_suffix(".json").write_text(golden + "\n")
    (SAMPLES / "sample-letter.pdf").write_bytes(set_letter(SAMPLE))
    source = json.dumps(SAMPLE, indent=1, ensure_ascii=False)
    (SAMPLES / "sample-letter.json").write_text(source + "\n")


if __name__ == "__main__":
    main()
