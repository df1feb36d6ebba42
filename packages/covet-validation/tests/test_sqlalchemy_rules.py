# ruff: noqa: RUF012 - rules are constants
from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, column
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship

from covet_validation import Patch
from covet_validation.sqlalchemy import DatabaseValidatedModel, Exists, RuleError, Unique
from covet_validation.sqlalchemy._plan import plan_of, ruled_models
from covet_validation.sqlalchemy._rules import stated_rules


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column("e_mail")
    double = column_property(column("e_mail") + "x")
    boss_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    boss: Mapped[User] = relationship(remote_side="User.id")

    @hybrid_property
    def shout(self) -> str:
        return self.email + "!"


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)


GUESTS = Table("guests", MetaData(), Column("id", Integer, primary_key=True))


class Person(DatabaseValidatedModel):
    email: str
    id: int = 1

    __db_validations__ = {"email": Unique(User.email), "id": Exists(User.id)}


def columns_of(model: type[BaseModel]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for rule in plan_of(model).rules:
        found.setdefault(rule.fields, []).extend(str(one) for one in rule.columns)
    return found


def test_both_spellings_are_the_same_rule() -> None:
    class Spelled(DatabaseValidatedModel):
        email: str
        id: int
        __db_validations__ = {
            "email": {"unique": {"model": User, "field": "email", "ignore_case": True}},
            "id": {"foreign_key": User},
        }

    class Typed(DatabaseValidatedModel):
        email: str
        id: int
        __db_validations__ = {
            "email": Unique(User.email, ignore_case=True),
            "id": Exists(User.id),
        }

    spelled, typed = plan_of(Spelled), plan_of(Typed)

    assert columns_of(Spelled) == columns_of(Typed)
    for one, other in zip(spelled.rules, typed.rules, strict=True):
        assert (one.is_unique, one.ignore_case) == (other.is_unique, other.ignore_case)
        assert one.columns == other.columns


def test_several_fields_are_unique_together_in_both_spellings() -> None:
    class Pair(DatabaseValidatedModel):
        a: int
        b: str
        __db_validations__ = {
            ("a", "b"): {"unique": {"model": User, "fields": ["id", "email"]}},
            ("b", "a"): Unique(User.email, User.id),
        }

    assert columns_of(Pair) == {
        ("a", "b"): ["users.id", "users.e_mail"],
        ("b", "a"): ["users.e_mail", "users.id"],
    }


def test_a_field_may_have_several_rules() -> None:
    class Both(DatabaseValidatedModel):
        id: int
        other: int
        __db_validations__ = {
            "id": (Exists(Team.id), Unique(User.id)),
            "other": {"unique": {"model": User, "field": "id"}, "foreign_key": Team},
        }

    assert columns_of(Both) == {
        ("id",): ["teams.id", "users.id"],
        ("other",): ["users.id", "teams.id"],
    }


def test_columns_of_tables_that_are_not_mapped_will_do() -> None:
    class Guest(DatabaseValidatedModel):
        id: int
        __db_validations__ = {"id": Unique(GUESTS.c.id)}

    assert columns_of(Guest) == {("id",): ["guests.id"]}


def test_rules_are_inherited_replaced_and_dropped() -> None:
    class Mixin:
        __db_validations__ = {"team": Exists(Team.id), "email": None}

    class Member(Mixin, Person):
        team: int = 1
        __db_validations__ = {"id": Exists(Team.id)}

    assert columns_of(Member) == {("team",): ["teams.id"], ("id",): ["teams.id"]}
    assert columns_of(Person) == {("email",): ["users.e_mail"], ("id",): ["users.id"]}
    assert stated_rules(DatabaseValidatedModel) == {}


def test_plans_are_made_once() -> None:
    assert plan_of(Person) is plan_of(Person)


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        pytest.param({"nmae": Unique(User.email)}, "about no field", id="unknown-field"),
        pytest.param({(): Unique(User.email)}, "about no field", id="no-field"),
        pytest.param({"a": Unique(User.email, User.id)}, "1 fields, but compares 2", id="count"),
        pytest.param({"a": Unique()}, "1 fields, but compares 0", id="no-column"),
        pytest.param({"a": "unique"}, "is 'unique'. Write", id="no-rule"),
        pytest.param({"a": [Unique(User.id), "x"]}, "has 'x' in its list", id="no-rule-in-list"),
    ],
)
def test_rules_of_other_fields_are_refused_when_the_class_is_made(rules: Any, fault: str) -> None:
    with pytest.raises(RuleError) as caught:
        type(
            "Wrong",
            (DatabaseValidatedModel,),
            {"__annotations__": {"a": int}, "__module__": __name__, "__db_validations__": rules},
        )

    assert len(caught.value.faults) == 1
    assert fault in str(caught.value)
    assert caught.value.owner == "Wrong"


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        pytest.param({"unique": {"model": User, "field": "nope"}}, "User.nope", id="attribute"),
        pytest.param({"unique": {"model": User}}, "Write {'model': User", id="without-field"),
        pytest.param({"unique": {"field": "id"}}, "Write {'model': User", id="without-model"),
        pytest.param({"unique": {"model": User, "fields": ["id"], "x": 1}}, "'x': 1", id="option"),
        pytest.param({"unique": {"model": "User", "field": "id"}}, "no mapped class", id="text"),
        pytest.param({"foreign_key": int}, "no mapped class", id="class"),
        pytest.param({"unqiue": {}}, "['unqiue']", id="kind"),
        pytest.param({}, "the kinds []", id="empty"),
        pytest.param({"unique": {"model": User, "field": "double"}}, "no column", id="expression"),
        pytest.param(Unique(User.double), "no column", id="typed-expression"),
        pytest.param(Unique(User.boss), "no column", id="relation"),
        pytest.param(Unique(User.shout), "no column", id="hybrid"),  # type: ignore[arg-type]
        pytest.param([Unique(User.id), Exists("id")], "no column", id="no-column"),  # type: ignore[arg-type]
    ],
)
def test_rules_of_no_columns_are_refused_before_the_first_request(rule: Any, fault: str) -> None:
    class Wrong(DatabaseValidatedModel):
        a: int
        __db_validations__ = {"a": rule}

    with pytest.raises(RuleError) as caught:
        plan_of(Wrong)

    assert len(caught.value.faults) == 1
    assert fault in caught.value.faults[0]
    assert caught.value.faults[0].startswith("the rule of 'a' ")


def test_all_faults_of_a_model_are_told_at_once() -> None:
    class Wrong(DatabaseValidatedModel):
        a: int
        b: int
        __db_validations__ = {
            "a": {"foreign_key": int},
            ("a", "b"): Unique(User.id, Team.id),
        }

    with pytest.raises(RuleError) as caught:
        plan_of(Wrong)

    assert len(caught.value.faults) == 2
    assert "several tables: teams, users" in caught.value.faults[1]


def test_a_patch_has_the_rules_of_what_it_patches() -> None:
    assert columns_of(Patch[Person]) == columns_of(Person)


def test_models_with_rules_are_found_anywhere_and_once() -> None:
    class Node(BaseModel):
        children: list[Node] = []
        people: dict[str, tuple[Person, Patch[Person]] | None] = {}

    found = list(ruled_models(list[Node] | Person))

    assert found == [Person, Patch[Person]]
    assert list(ruled_models(int)) == []
