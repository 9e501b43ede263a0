"""How dates are written in running text: one pattern with a named group for each form."""

from __future__ import annotations

import re
from functools import lru_cache

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10}
_LED = "in|since|by|until|from|of|last|next|this|that|early|late|mid|through"
HINT = re.compile(rf"\d|day|week|month|year|morrow|night|morning|quarter|half|(?:{_LED}) [A-Z]", re.IGNORECASE)


@lru_cache(maxsize=8)
def moment_pattern(months: tuple[tuple[str, int], ...]) -> re.Pattern[str]:
    """Return the pattern of all forms of dates.

    Parameters
    ----------
    months
        Names of months in lower case, with their numbers.
    """
    month = "(?:" + "|".join(sorted((name for name, _ in months), key=len, reverse=True)) + r")\b\.?"
    year = r"(?:19[5-9]\d|20[0-6]\d)"
    part = r"(?:early|mid|late|the\ end\ of|end\ of|the\ start\ of|the\ middle\ of)"
    weekday = "|".join(DAYS)
    forms = (
        rf"(?P<iso>\b{year}-\d\d(?:-\d\d)?\b)",
        rf"(?P<dotted>\b\d{{1,2}}\.\d{{1,2}}\.{year}\b)",
        rf"(?P<dayfirst>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\ of|\ de)?\ {month}(?:,?\ (?:de\ )?{year})?)",
        rf"(?P<monthfirst>\b{month}\ \d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?[%.,]\d)(?:,?\ {year})?)",
        rf"(?P<month>\b(?:{part}[\ -])?{month},?\ (?:of\ )?{year}\b)",
        rf"(?P<bare>\b(?:{_LED})[\ -]{month}(?![\ -]\d))",
        rf"(?P<quarter>\b(?:(?:Q[1-4])(?:\ (?:of\ )?{year})?|{year}[\ -]Q[1-4]"
        rf"|(?:(?:first|second|third|fourth)[\ -]quarter(?:\ of)?|last\ quarter\ of)"
        rf"(?:\ (?:the\ )?(?:{year}|this\ year|next\ year|last\ year))?))",
        rf"(?P<half>\b(?:H[12](?:\ (?:of\ )?{year})?|(?:first|second)[\ -]half\ of\ (?:{year}|this\ year|next\ year)))",
        rf"(?P<span>\b{year}\s?(?:–|—|-|/|\ to\ |\ and\ |\ through\ ){year}\b)",
        r"(?P<edge>\b(?:end|year-end|mid|early|late|by\ the\ end\ of|the\ end\ of|end\ of|year[\ -]end"
        r"|the\ start\ of|the\ middle\ of)"
        rf"[\ -](?:{year}|this\ year|next\ year|the\ year))",
        rf"(?P<year>(?<![\d$€£.,/-]){year}(?![\d%]|[.,-]\d|\ (?:tonnes|metric|tons|tpa|million|billion)))",
        r"(?P<ago>\b(?:\d{1,2}|" + "|".join(NUMBERS) + r")\ (?:days|weeks|months|years)\ (?:ago|earlier))",
        r"(?P<relative>\b(?:today|yesterday|tomorrow|this\ (?:morning|afternoon|evening|week|month|quarter|year)"
        r"|(?:last|next|earlier\ this|later\ this|late\ last|early\ next)\ (?:week|month|quarter|year)"
        r"|the\ same\ day))",
        rf"(?P<weekday>\b(?:(?:on|last|next|this)\ )?(?:{weekday})\b)",
    )
    return re.compile(r"(?<!\w)(?=\w)(?:" + "|".join(forms) + ")", re.IGNORECASE | re.VERBOSE)
