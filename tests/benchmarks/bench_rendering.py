"""How fast letters are made: `python -m tests.benchmarks.bench_rendering [--quick]`.

One letter of five issues as it changes with each keystroke, against WeasyPrint on the same
content and against LibreOffice from our Word file, side by side in one run where they are
installed; then many letters. Medians; the share of one to the other is printed.
"""

from __future__ import annotations

import argparse
import html
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from msgspec.structs import replace

from app.letter import Letter
from app.services.pdf import read
from app.services.rendering import Rendered
from tests.services.rendering.letters import letter, renderer


def timed(work: Callable[[int], object], times: int) -> list[float]:
    """Milliseconds each run took."""
    took: list[float] = []
    for number in range(times):
        started = time.perf_counter()
        work(number)
        took.append(1000 * (time.perf_counter() - started))
    return took


def changed(case: Letter, number: int) -> Letter:
    """The letter after one more keystroke: nothing of it can be remembered whole."""
    return replace(case, clinical_summary=f"{case.clinical_summary}{number} {time.time_ns()}")


def places(rendered: Rendered) -> object:
    """Where its fields are printed, as the preview finds them."""
    return rendered.places_on(read(rendered.pdf).pages)


def as_html(case: Letter) -> str:
    """The same content for WeasyPrint, in the same font and measures."""
    rows = "".join(
        f"<h2>{html.escape(issue.title)}: {issue.decision}</h2>"
        f"<p><b>Claims Administrator guideline:</b> {html.escape(issue.claims_administrator_guideline.text)}</p>"
        f"<p><b>MAXIMUS guideline:</b> {html.escape(issue.maximus_guideline.text)}</p>"
        f"<p><b>Decision rationale:</b> {html.escape(issue.rationale)}</p>"
        for issue in case.issues
    )
    return (
        "<html lang=en><style>@page{size:letter;margin:72pt}body{font:12pt/13.8pt 'Liberation Serif'}"
        "h1,h2{font-size:12pt}</style><title>Letter</title>"
        f"<table><tr><th>Case Number:<td>{case.header.case_number}</table>"
        f"<h1>CLINICAL CASE SUMMARY</h1><p>{html.escape(case.clinical_summary)}</p>{rows}</html>"
    )


def main() -> int:
    """Prints the measurements."""
    parser = argparse.ArgumentParser(prog="bench_rendering", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, 100 letters")
    quick = parser.parse_args().quick
    ours, case = renderer(), letter(5)
    ours.render(case)
    runs = 10 if quick else 40
    one = timed(lambda number: ours.render(changed(case, number)), runs)
    print(
        f"one letter, 5 issues, PDF/A and PDF/UA  {median(one):7.1f} ms  (95 of 100: {quantiles(one, n=20)[-1]:.1f})"
    )
    both = timed(lambda number: places(ours.render(changed(case, number))), runs)
    print(f"the same with the places of its fields  {median(both):7.1f} ms")
    print(
        f"the same as a Word file                 {median(timed(lambda n: ours.render_word(changed(case, n)), 5)):7.1f} ms"
    )
    _weasyprint(case, median(one), 3 if quick else 8)
    _libreoffice(ours.render_word(case), median(one), 1 if quick else 3)
    many = 100 if quick else 1000
    started = time.perf_counter()
    for number in range(many):
        ours.render(changed(letter(1 + number % 4), number), form_data=b"{}")
    took = time.perf_counter() - started
    print(f"{many} letters                            {took:7.1f} s   ({many / took:.0f} a second)")
    return 0


def _weasyprint(case: Letter, ours: float, runs: int) -> None:
    try:
        weasyprint = importlib.import_module("weasyprint")
    except ImportError:
        print("WeasyPrint                              not installed")
        return
    write = weasyprint.HTML
    write(string=as_html(case)).write_pdf()
    took = median(
        timed(
            lambda n: write(string=as_html(changed(case, n))).write_pdf(pdf_variant="pdf/ua-1"),
            runs,
        )
    )
    print(
        f"WeasyPrint, tagged, the same content    {took:7.1f} ms  ({took / ours:.1f} times as long)"
    )


def _libreoffice(word: bytes, ours: float, runs: int) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice                             not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letter.docx"
        source.write_bytes(word)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # makes its profile
        took = median(
            timed(
                lambda _: subprocess.run(command, check=True, capture_output=True, timeout=120),
                runs,
            )
        )
    print(
        f"LibreOffice, from our Word file         {took:7.1f} ms  ({took / ours:.1f} times as long)"
    )


if __name__ == "__main__":
    sys.exit(main())
