"""The tables of roles and permissions, as mixins: add columns and rename them as you like."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import BigInteger, ForeignKey, String, true
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from covet_security._errors import ConfigError
from covet_security.sqlalchemy._time import UTCDateTime

T = TypeVar("T")


class UserMixin:
    """A table of users. One who is not active holds no permission."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())


class RoleMixin:
    """A table of roles. A role holds, beside its own, the permissions of its parent."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)

    @declared_attr
    def parent_id(cls) -> Mapped[int | None]:  # noqa: N805
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id", ondelete="SET NULL"), index=True)


class PermissionMixin:
    """A table of permissions: ``items:read``, ``items:read:all``, or with ``*`` for a segment."""

    __tablename__ = "permissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(128), unique=True)


class UserRoleMixin:
    """A table of who has which role: in one tenant or, where that is empty, everywhere.

    Attributes:
        __user_key__: the column that *user_id* refers to and has the type of.
        __role_key__: the column that *role_id* refers to.
    """

    __tablename__ = "user_roles"
    __user_key__: ClassVar[str] = "users.id"
    __role_key__: ClassVar[str] = "roles.id"

    @declared_attr
    def user_id(cls) -> Mapped[Any]:  # noqa: N805
        return mapped_column(ForeignKey(cls.__user_key__, ondelete="CASCADE"), primary_key=True)

    @declared_attr
    def role_id(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(
            ForeignKey(cls.__role_key__, ondelete="CASCADE"), primary_key=True, index=True
        )

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True, default="")
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RolePermissionMixin:
    """A table of what each role holds.

    Attributes:
        __role_key__: the column that *role_id* refers to.
        __permission_key__: the column that *permission_id* refers to.
    """

    __tablename__ = "role_permissions"
    __role_key__: ClassVar[str] = "roles.id"
    __permission_key__: ClassVar[str] = "permissions.id"

    @declared_attr
    def role_id(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(ForeignKey(cls.__role_key__, ondelete="CASCADE"), primary_key=True)

    @declared_attr
    def permission_id(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(
            ForeignKey(cls.__permission_key__, ondelete="CASCADE"), primary_key=True, index=True
        )


class PermissionEpochMixin:
    """A table of one row: how often the others have changed."""

    __tablename__ = "permission_epoch"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class RoleModels:
    """The classes of an application that are these tables.

    Attributes:
        user: what says who is active; None if nobody is asked.
    """

    role: type[RoleMixin]
    permission: type[PermissionMixin]
    user_role: type[UserRoleMixin]
    role_permission: type[RolePermissionMixin]
    epoch: type[PermissionEpochMixin]
    user: type[UserMixin] | None = None

    @classmethod
    def of_application(cls, base: type = object) -> "RoleModels":
        """Return the subclasses of the mixins and of *base*, where there is one of each.

        Raises:
            ConfigError: of one there is none, or several.
        """
        return cls(
            _the_table(RoleMixin, base),
            _the_table(PermissionMixin, base),
            _the_table(UserRoleMixin, base),
            _the_table(RolePermissionMixin, base),
            _the_table(PermissionEpochMixin, base),
            _the_table(UserMixin, base) if _tables(UserMixin, base) else None,
        )


def _the_table(mixin: type[T], base: type) -> type[T]:
    found = _tables(mixin, base)
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.__qualname__ for one in found) or "none"
    raise ConfigError(
        f"Of {mixin.__name__} one table is needed, and there are: {names}. "
        "Say which: RoleTables(db, RoleModels(…)), or RoleModels.of_application(Base)."
    )


def _tables(mixin: type[T], base: type) -> list[type[T]]:
    return [
        one for one in _subclasses(mixin) if hasattr(one, "__table__") and issubclass(one, base)
    ]


def _subclasses(cls: type[T]) -> list[type[T]]:
    direct = cls.__subclasses__()
    return [*direct, *(deeper for one in direct for deeper in _subclasses(one))]
