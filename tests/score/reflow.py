"""Letters reflowed by LibreOffice Writer, where it is installed: another program's line breaks."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from xml.sax.saxutils import escape

from app.services import pdf
from app.services.pdf import PdfText
from tests.conftest import PROJECT
from tests.score.content import Content, runs, take_apart

_FOLDER = PROJECT / "build" / "reflow"
_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="10pt"/><style:text-properties fo:font-size="11pt"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:margin-bottom="6pt"/><style:text-properties fo:font-size="11pt"/></style:style>
</office:automatic-styles>
<office:body><office:text>
"""
_CLOSE = "</office:text></office:body></office:document>"


def reflowed(texts: dict[str, PdfText]) -> Iterator[tuple[str, PdfText]]:
    """The letters by case number, set by LibreOffice; nothing where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print("LibreOffice is not installed: no letters reflowed.")
        return
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    sources = []
    for case, text in texts.items():
        source = _FOLDER / f"{case}.fodt"
        source.write_text(_document(take_apart(text)))
        sources.append(str(source))
    profile = f"-env:UserInstallation={(_FOLDER / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(_FOLDER),
        *sources,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for case in texts:
        yield case, pdf.read((_FOLDER / f"{case}.pdf").read_bytes())


def _document(content: Content) -> str:
    rows = []
    for left, right in zip(content.header[::2], content.header[1::2], strict=True):
        cells = "".join(
            f'<table:table-cell><text:p text:style-name="P">{_span(text, bold)}</text:p></table:table-cell>'
            for text, bold in (
                (left[0], True),
                (left[1], False),
                (right[0], True),
                (right[1], False),
            )
        )
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    table = f'<table:table><table:table-column table:number-columns-repeated="4"/>{"".join(rows)}</table:table>'
    paragraphs = (
        f'<text:p text:style-name="{"H" if each.heading else "P"}">'
        f"{' '.join(_span(text, bold) for text, bold in runs(each.words))}</text:p>"
        for each in content.paragraphs
    )
    return _OPEN + table + "\n".join(paragraphs) + _CLOSE


def _span(text: str, bold: bool) -> str:
    return f'<text:span text:style-name="B">{escape(text)}</text:span>' if bold else escape(text)
