"""Letter to Word: which library fills the Word template (docxtpl), and what the file may not tell.

The file names no author, program or time but the letter's own, and the same input gives the same
bytes.
"""

# docxtpl has no types.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from app.errors import UserError
from app.services.rendering.layouts import TemplateError
from app.services.rendering.logo import HEIGHT_POINTS, logo_png
from app.services.rendering.spacing import HOLDING_HYPHEN, SOFT_HYPHEN
from app.services.rendering.templates import Missing
from app.services.rendering.values import Value, by_line, tidy

if TYPE_CHECKING:
    from docx.document import Document

WORD_TEMPLATE = "letter.docx"
_NO_BREAK_HYPHEN = "\u2011"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL = "docProps/thumbnail.jpeg"
_CORE = "docProps/core.xml"
_APP = "docProps/app.xml"


def fill(template: Path, context: Mapping[str, Any]) -> bytes:
    """The Word file. `template` lies in its layout's folder.

    Raises TemplateError for a template that asks for what there is not, UserError for a file that
    is no Word template.
    """
    pictures: dict[str, Any] = {"logo": ""}

    def finalize(value: object) -> object:
        return value if value is pictures["logo"] else _printable(value)

    environment = SandboxedEnvironment(undefined=Missing, finalize=finalize, autoescape=True)
    environment.filters["by_line"] = by_line
    name = f"{template.parent.name}/{template.name}"
    file = io.BytesIO()
    try:
        import docxtpl  # costs a tenth of a second, and few letters leave as Word
        from docx.shared import Pt

        document = docxtpl.DocxTemplate(str(template))
        if logo := context["words"].get("logo"):
            file_of_logo, height = io.BytesIO(logo_png(logo)), Pt(HEIGHT_POINTS)
            pictures["logo"] = docxtpl.InlineImage(document, file_of_logo, height=height)
        document.render({**context, **pictures}, environment, autoescape=True)
        if logo and document.docx is not None:
            _name_pictures(document.docx, context["words"])
        from app.services.rendering.word_redacted import black_out

        if document.docx is not None:
            black_out(document.docx)
        document.save(file)
    except jinja2.UndefinedError as error:
        variable = re.search(r"variable called (\S+)", str(error))
        raise TemplateError(name, None, str(error), variable and variable.group(1)) from error
    except jinja2.TemplateError as error:
        raise TemplateError(name, None, (error.message or "").rstrip(".")) from error
    except RecursionError as error:
        raise TemplateError(name, None, "it calls itself without end") from error
    except _faults() as error:
        raise UserError(
            f"The Word template {name} cannot be used.",
            "Save it again in Word as .docx, or take your copy of the layout away.",
        ) from error
    return without_traces(file.getvalue())


def _faults() -> tuple[type[Exception], ...]:
    """What opening and filling a file that is no sound Word template raises."""
    from docx.opc.exceptions import OpcError

    return (
        OpcError,
        OSError,
        LookupError,
        ValueError,
        TypeError,
        ArithmeticError,
        AttributeError,
        SyntaxError,  # what lxml raises on damaged XML is one
        MemoryError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    )


def _name_pictures(document: Document, words: Mapping[str, str]) -> None:
    """What a screen reader says of the logo: the house's name."""
    name = words.get("house") or words.get("letterhead", "")
    inside = (one.target_part for one in document.part.rels.values() if not one.is_external)
    headers: list[Any] = [one for one in inside if one.partname.startswith("/word/header")]
    parts: list[Any] = [document, *headers]
    for element in (part.element for part in parts):
        for picture in element.xpath(".//wp:docPr[not(@descr)]"):
            picture.set("descr", name)


def without_traces(document: bytes) -> bytes:
    """The same Word file without author, program, times and thumbnail, in a fixed order."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in _in_order(old.namelist()):
            data = old.read(name)
            if name == _CORE:
                data = _CORE_XML % _title(data)
            elif name == _APP:
                data = _APP_XML
            elif name == "_rels/.rels":
                data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, data)
    return file.getvalue()


def _in_order(names: list[str]) -> list[str]:
    """Word wants the list of contents first."""
    wanted = [name for name in names if name != _THUMBNAIL]
    return sorted(wanted, key=lambda name: (name != "[Content_Types].xml", name))


def _title(core: bytes) -> bytes:
    found = re.search(rb"<dc:title>([^<]*)</dc:title>", core)
    return found.group(1) if found else b""


def _printable(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, jinja2.Undefined):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError("only texts and numbers can be printed")
    spaced = isinstance(value, Value) and value.spaced
    text = str(value) if spaced else tidy(str(value))
    text = text.replace(HOLDING_HYPHEN, _NO_BREAK_HYPHEN).replace(SOFT_HYPHEN, "")
    apart = isinstance(value, Value) and not value.by_line
    return cast("object", text.replace("\n", "\n\n") if apart else text)


_CORE_XML = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title>'
    b"<dc:language>en-US</dc:language></cp:coreProperties>"
)
_APP_XML = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
