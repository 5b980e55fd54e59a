"""Whether what a rule found is told in a rationale only to be set aside: one gate for all rules."""

from __future__ import annotations

from app.services.checks.facts import Facts
from app.services.checks.values import Hit, RuleInfo
from app.services.language.asides import is_set_aside


def sets_aside(facts: Facts, rule: RuleInfo, hit: Hit) -> bool:
    """Whether a passage the rule goes by is set aside in one of the ways that quiet the rule."""
    if not rule.set_aside_by:
        return False
    issues = {issue.field("rationale"): issue for issue in facts.issues}
    return any(
        quote.field in issues
        and quote.start is not None
        and is_set_aside(issues[quote.field].rationale, quote.start, rule.set_aside_by)
        for quote in hit.quotes
    )
