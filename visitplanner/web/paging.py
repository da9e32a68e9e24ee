"""Pages of long lists, as the macro `paging` draws them."""

from dataclasses import dataclass

from flask import request, url_for


def page_number() -> int:
    """The page asked for by `?page=`, from 1."""
    text = request.args.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of `total` rows, `size` a page."""

    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.total, self.number * self.size)

    def url(self, number: int) -> str:
        """The address of another page with the same filters."""
        given = {**(request.view_args or {}), **request.args.to_dict(), "page": number}
        return url_for(request.endpoint or "", **given)
