"""What keeps its state in SQL, in tables of your own (extra ``covet-security[sqlalchemy]``).

Each mixin is a table: subclass it with your declarative base, add columns or rename it as you like.
SQLite (aiosqlite) and PostgreSQL (asyncpg) are supported.
"""

from importlib import import_module

try:
    import_module("sqlalchemy.ext.asyncio")
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "covet_security.sqlalchemy needs SQLAlchemy. Install 'covet-security[sqlalchemy]'.",
        name="sqlalchemy",
    ) from None

from covet_security.sqlalchemy._api_keys import APIKeyMixin, SQLAlchemyAPIKeyStore
from covet_security.sqlalchemy._role_changes import RoleChanges
from covet_security.sqlalchemy._role_models import (
    PermissionEpochMixin,
    PermissionMixin,
    RoleMixin,
    RoleModels,
    RolePermissionMixin,
    UserMixin,
    UserRoleMixin,
)
from covet_security.sqlalchemy._roles import RoleTables
from covet_security.sqlalchemy._sessions import (
    RefreshSessionMixin,
    RevocationMixin,
    SQLAlchemySessionStore,
)
from covet_security.sqlalchemy._time import UTCDateTime

__all__ = [
    "APIKeyMixin",
    "PermissionEpochMixin",
    "PermissionMixin",
    "RefreshSessionMixin",
    "RevocationMixin",
    "RoleChanges",
    "RoleMixin",
    "RoleModels",
    "RolePermissionMixin",
    "RoleTables",
    "SQLAlchemyAPIKeyStore",
    "SQLAlchemySessionStore",
    "UTCDateTime",
    "UserMixin",
    "UserRoleMixin",
]
