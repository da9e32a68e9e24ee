"""What somebody is on a list: the functions of delegations and organisations, their badges."""

OF_DELEGATIONS = (
    "head",
    "deputy",
    "member",
    "adviser",
    "interpreter",
    "security",
    "driver",
    "spouse",
    "press",
)
OF_ORGANISATIONS = (
    "member",
    "organiser",
    "escort",
    "presenter",
    "interpreter",
    "press",
    "security",
    "driver",
)
CATEGORY_OF = {
    "head": "head",
    "interpreter": "interpreter",
    "security": "security",
    "driver": "driver",
    "spouse": "accompanying",
    "press": "press",
}
"""The category a function usually has; everybody else is a delegate, or what their part says."""

CATEGORY_OF_PART = {"host": "host", "co_organiser": "organiser", "service": "technical"}
"""The category of an organisation's people by its part in the visit; others by their part."""


def functions_of(*, heads: bool) -> tuple[str, ...]:
    """What people may be on the list of a delegation (`heads`), or of an organisation."""
    return OF_DELEGATIONS if heads else OF_ORGANISATIONS


def usual_category(function: str, part: str = "") -> str:
    """The code of the category a function usually has; `part`: of an organisation's people."""
    found = CATEGORY_OF.get(function, "delegate")
    return CATEGORY_OF_PART.get(part, part) if part and found == "delegate" else found
