"""Which standings open the door of a visit: those with which a badge may be printed."""

from visitplanner.domain.accreditation import Rules, Status, printable_statuses
from visitplanner.models import Visit


def let_in(visit: Visit) -> tuple[Status, ...]:
    """The standings that let a person in, and to a badge."""
    return printable_statuses(Rules(clearance_required=visit.clearance_required))
