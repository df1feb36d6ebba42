"""Whose rows a statement reaches: ownership as a part of the query."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from covet_security.principal import Principal

_MAX_INTEGER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class OwnedBy:
    """A filter for statements: only rows whose *column* holds the caller.

    So the row of another is not found (404), and is never loaded and then compared.
    """

    column: Any

    def restrict(self, statement: Any, principal: Principal) -> Any:
        """Return *statement*, a select, update or delete, for the rows of *principal* only."""
        from sqlalchemy import false

        owner = read_key(self.column, principal.subject)
        return statement.where(false() if owner is None else self.column == owner)


def owned_by(column: Any) -> OwnedBy:
    """Return the filter for rows whose *column*, such as ``Post.author_id``, is the caller.

    Use it with ``require_permission("posts:write", owned_by(Post.author_id))``, or alone:
    ``owned_by(Post.author_id).restrict(select(Post), principal)``.
    """
    return OwnedBy(column)


def read_key(column: Any, subject: object) -> Any:
    """Return *subject*, the text of a token, as *column* holds it; None if it cannot hold it."""
    kind: type[Any] = column.type.python_type
    text = str(subject)
    try:
        value = kind(text)
    except (TypeError, ValueError):
        return None
    if kind is UUID:
        return value
    # One text for each key: int reads ' 7', '+7' and '007', too, and more than databases hold.
    is_key = str(value) == text and not (kind is int and abs(value) > _MAX_INTEGER)
    return value if is_key else None
