"""Pre-flight checks: what does not hold together in a letter, before it leaves.

Hides how each rule looks for it. The rules' words, severities and sources are data
(`resources/checks/rules.json`); a rule whose source is law says whether that is confirmed.
"""

from app.services.checks.patterns import BadPattern, compiled
from app.services.checks.report import (
    Dismissal,
    Group,
    Leave,
    Reach,
    ReasonNeeded,
    Report,
    blocking,
    dismissal,
    left_over,
    may_export,
    override,
    report,
    report_json,
    standing,
)
from app.services.checks.running import check
from app.services.checks.table import standard_table
from app.services.checks.values import (
    CheckContext,
    Finding,
    Fix,
    HouseRule,
    NewItem,
    Override,
    Quote,
    RuleInfo,
    Severity,
    Source,
)

__all__ = [
    "BadPattern",
    "CheckContext",
    "Dismissal",
    "Finding",
    "Fix",
    "Group",
    "HouseRule",
    "Leave",
    "NewItem",
    "Override",
    "Quote",
    "Reach",
    "ReasonNeeded",
    "Report",
    "RuleInfo",
    "Severity",
    "Source",
    "blocking",
    "check",
    "compiled",
    "dismissal",
    "left_over",
    "may_export",
    "override",
    "report",
    "report_json",
    "standard_table",
    "standing",
]
