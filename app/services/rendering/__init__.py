"""Letter to finished document: PDF (Typst) and Word, its file on the disk, many at once.

Hides the engines, the templates and the geometry. What was seen in the preview is what is
written: both come from `Renderer.render`.
"""

from app.services.rendering.batch import BatchItem, Job, report, run_batch
from app.services.rendering.context import Variable, printed
from app.services.rendering.files import (
    FILE_NAME,
    LETTER,
    PUBLIC_COPY,
    FileExists,
    file_name,
    write_file,
)
from app.services.rendering.guarded import GuardedRenderer, make_renderer, setting_pool
from app.services.rendering.layouts import Layout, TemplateError
from app.services.rendering.renderer import DEFAULT_LAYOUT, FORM_DATA, Rendered, Renderer

__all__ = [
    "DEFAULT_LAYOUT",
    "FILE_NAME",
    "FORM_DATA",
    "LETTER",
    "PUBLIC_COPY",
    "BatchItem",
    "FileExists",
    "GuardedRenderer",
    "Job",
    "Layout",
    "Rendered",
    "Renderer",
    "TemplateError",
    "Variable",
    "file_name",
    "make_renderer",
    "printed",
    "report",
    "run_batch",
    "setting_pool",
    "write_file",
]
