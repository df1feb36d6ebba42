"""`DatabaseValidatedModel`: a Pydantic model whose rules the database checks as well."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from covet_validation._details import details_of, pydantic_errors
from covet_validation._errors import ValidationException
from covet_validation.sqlalchemy._ask import Connection, require
from covet_validation.sqlalchemy._demands import demands_of
from covet_validation.sqlalchemy._errors import RuleError
from covet_validation.sqlalchemy._plan import faults_of_names
from covet_validation.sqlalchemy._rules import DatabaseRules


class DatabaseValidatedModel(BaseModel):
    """A model with rules about what is in the database.

        class SignUp(DatabaseValidatedModel):
            email: Email
            team_id: int | None = None
            __db_validations__ = {"email": Unique(User.email), "team_id": Exists(Team.id)}

    or, with the rules as plain data, ``{"email": {"unique": {"model": User, "field": "email"}},
    "team_id": {"foreign_key": Team}}``. Subclasses inherit rules, replace them by field, and drop
    them by None. A null is not looked up.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(from_attributes=True, validate_assignment=True)

    __db_validations__: ClassVar[DatabaseRules] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse rules about fields that do not exist, when the class is made."""
        super().__pydantic_init_subclass__(**kwargs)
        faults = faults_of_names(cls)
        if faults:
            raise RuleError(cls.__name__, faults)

    @classmethod
    async def validate_with_db(
        cls, data: object, session: Connection, exclude_id: object = None
    ) -> Self:
        """Return *data* as a model that keeps all rules, its own and those of models in it.

        *data* is a mapping or an object with attributes. The shape is checked first; then one
        statement asks *session* for all rules at once. *exclude_id* is the primary key of the row
        that is being updated, a tuple if it has several columns; where unique rules are about
        several tables, a mapping from mapped classes to keys.

        Raises:
            ValidationException: the shape is wrong.
            DatabaseConflictError: something is taken already.
            DatabaseValidationError: something that is referred to does not exist.
            RuleError: the rules or *exclude_id* do not fit the tables.
        """
        try:
            model = cls.model_validate(data)
        except ValidationError as error:
            errors = pydantic_errors(error)
            for one in errors:
                one["loc"] = ("body", *one["loc"])
            raise ValidationException(details_of(errors, {"body": data})) from None
        await require(demands_of(model, exclude_id=exclude_id), session)
        return model
