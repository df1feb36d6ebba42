"""The examples and counter-examples of GraphQL §5, September 2025, each by its section.

The types are those of the section's beginning with what its examples add to them; of each
counter-example the number of errors says that all its parts are refused.
"""

import pytest

from covet_graphql import build_schema, parse
from covet_graphql.validation import (
    ASTValidationRule,
    ExecutableDefinitionsRule,
    FieldsOnCorrectTypeRule,
    FragmentsOnCompositeTypesRule,
    KnownArgumentNamesRule,
    KnownDirectivesRule,
    KnownFragmentNamesRule,
    KnownTypeNamesRule,
    LoneAnonymousOperationRule,
    NoFragmentCyclesRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OverlappingFieldsCanBeMergedRule,
    PossibleFragmentSpreadsRule,
    ProvidedRequiredArgumentsRule,
    ScalarLeafsRule,
    SingleFieldSubscriptionsRule,
    UniqueArgumentNamesRule,
    UniqueDirectivesPerLocationRule,
    UniqueFragmentNamesRule,
    UniqueInputFieldNamesRule,
    UniqueOperationNamesRule,
    UniqueVariableNamesRule,
    ValuesOfCorrectTypeRule,
    VariablesAreInputTypesRule,
    VariablesInAllowedPositionRule,
    specified_rules,
    validate,
)

SCHEMA = build_schema("""
type Query {
  dog: Dog
  findDog(searchBy: FindDogInput): Dog
}

type Mutation {
  addPet(pet: PetInput!): Pet
  addPets(pets: [PetInput!]!): [Pet]
}

enum DogCommand {
  SIT
  DOWN
  HEEL
}

type Dog implements Pet {
  name: String!
  nickname: String
  barkVolume: Int
  doesKnowCommand(dogCommand: DogCommand!): Boolean!
  isHouseTrained(atOtherHomes: Boolean): Boolean!
  owner: Human
}

interface Sentient {
  name: String!
}

interface Pet {
  name: String!
}

type Alien implements Sentient {
  name: String!
  homePlanet: String
}

type Human implements Sentient {
  name: String!
  pets: [Pet!]
}

enum CatCommand {
  JUMP
}

type Cat implements Pet {
  name: String!
  nickname: String
  doesKnowCommand(catCommand: CatCommand!): Boolean!
  meowVolume: Int
}

union CatOrDog = Cat | Dog
union DogOrHuman = Dog | Human
union HumanOrAlien = Human | Alien

input FindDogInput {
  name: String
  owner: String
}

input CatInput {
  name: String!
  nickname: String
  meowVolume: Int
}

input DogInput {
  name: String!
  nickname: String
  barkVolume: Int
}

input PetInput @oneOf {
  cat: CatInput
  dog: DogInput
}
type Subscription { newMessage: Message disallowedSecondRootField: Boolean }
type Message { body: String sender: String }
type Arguments {
  multipleRequirements(x: Int!, y: Int!): Int!
  booleanArgField(booleanArg: Boolean): Boolean
  floatArgField(floatArg: Float): Float
  intArgField(intArg: Int): Int
  nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean!
  booleanListArgField(booleanListArg: [Boolean]!): [Boolean]
  nonNullBooleanListField(nonNullBooleanListArg: [Boolean]!): [Boolean]
  optionalNonNullBooleanArgField(optionalBooleanArg: Boolean! = false): Boolean!
}
extend type Query {
  human: Human
  pet: Pet
  catOrDog: CatOrDog
  arguments: Arguments
  booleanList(booleanListArg: [Boolean!]): Boolean
}
""")


def errors_of(source: str, *rules: type[ASTValidationRule]) -> int:
    return len(validate(SCHEMA, parse(source), rules))


# §5.2.1.1 has a schema of its own


def test_5_2_1_1_operation_type_existence() -> None:
    schema = build_schema("type Query { hello: String }")

    assert validate(schema, parse("query helloQuery { hello }")) == []
    (error,) = validate(schema, parse("mutation goodbyeMutation { goodbye }"))
    assert error.message == "The mutation operation is not supported by the schema."


# §5.5.2.3.4 has another


def test_5_5_2_3_4_interface_spreads_in_implemented_interface_scope() -> None:
    schema = build_schema(
        "interface Node { id: ID! } interface Resource implements Node { id: ID! url: String }"
        " type Page implements Node & Resource { id: ID! url: String } type Query { a: Node }"
    )
    source = (
        "{ a { ...interfaceWithInterface } }"
        " fragment interfaceWithInterface on Node { ...resourceFragment }"
        " fragment resourceFragment on Resource { url }"
    )

    assert validate(schema, parse(source), specified_rules) == []


# All others


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "query getDogName { dog { name color } } extend type Dog { color: String }",
            1,
        ),
    ],
)
def test_5_1_1_executable_definitions_refused(source: str, count: int) -> None:
    assert errors_of(source, ExecutableDefinitionsRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "query getDogName { dog { name } } query getOwnerName { dog { owner { name } } }",
    ],
)
def test_5_2_2_1_operation_name_uniqueness(source: str) -> None:
    assert errors_of(source, UniqueOperationNamesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "query getName { dog { name } } query getName { dog { owner { name } } }",
            1,
        ),
        (
            "query dogOperation { dog { name } } mutation dogOperation { mutateDog { id } }",
            1,
        ),
    ],
)
def test_5_2_2_1_operation_name_uniqueness_refused(source: str, count: int) -> None:
    assert errors_of(source, UniqueOperationNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { name } }",
    ],
)
def test_5_2_3_1_lone_anonymous_operation(source: str) -> None:
    assert errors_of(source, LoneAnonymousOperationRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "{ dog { name } } query getName { dog { owner { name } } }",
            1,
        ),
    ],
)
def test_5_2_3_1_lone_anonymous_operation_refused(source: str, count: int) -> None:
    assert errors_of(source, LoneAnonymousOperationRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "subscription sub { newMessage { body sender } }",
        (
            "subscription sub { ...newMessageFields } fragment newMessageFields on "
            "Subscription { newMessage { body sender } }"
        ),
    ],
)
def test_5_2_4_1_single_root_field(source: str) -> None:
    assert errors_of(source, SingleFieldSubscriptionsRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "subscription sub { newMessage { body sender } disallowedSecondRootField }",
            1,
        ),
        (
            (
                "subscription sub { ...multipleSubscriptions } fragment "
                "multipleSubscriptions on Subscription { newMessage { body sender } "
                "disallowedSecondRootField }"
            ),
            1,
        ),
        (
            (
                "subscription requiredRuntimeValidation($bool: Boolean!) { newMessage "
                "@include(if: $bool) { body sender } disallowedSecondRootField @skip(if: "
                "$bool) }"
            ),
            1,
        ),
        (
            "subscription sub { __typename }",
            1,
        ),
    ],
)
def test_5_2_4_1_single_root_field_refused(source: str, count: int) -> None:
    assert errors_of(source, SingleFieldSubscriptionsRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "fragment interfaceFieldSelection on Pet { name }",
        (
            "fragment inDirectFieldSelectionOnUnion on CatOrDog { __typename ... on Pet "
            "{ name } ... on Dog { barkVolume } }"
        ),
    ],
)
def test_5_3_1_field_selections(source: str) -> None:
    assert errors_of(source, FieldsOnCorrectTypeRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "fragment fieldNotDefined on Dog { meowVolume } fragment "
                "aliasedLyingFieldTargetNotDefined on Dog { barkVolume: kawVolume }"
            ),
            2,
        ),
        (
            "fragment definedOnImplementersButNotInterface on Pet { nickname }",
            1,
        ),
        (
            "fragment directFieldSelectionOnUnion on CatOrDog { name barkVolume }",
            2,
        ),
    ],
)
def test_5_3_1_field_selections_refused(source: str, count: int) -> None:
    assert errors_of(source, FieldsOnCorrectTypeRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment mergeIdenticalFields on Dog { name name } fragment "
            "mergeIdenticalAliasesAndFields on Dog { otherName: name otherName: name }"
        ),
        (
            "fragment mergeIdenticalFieldsWithIdenticalArgs on Dog { "
            "doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: SIT) } "
            "fragment mergeIdenticalFieldsWithIdenticalValues on Dog { "
            "doesKnowCommand(dogCommand: $dogCommand) doesKnowCommand(dogCommand: "
            "$dogCommand) }"
        ),
        (
            "fragment safeDifferingFields on Pet { ... on Dog { volume: barkVolume } ... "
            "on Cat { volume: meowVolume } } fragment safeDifferingArgs on Pet { ... on "
            "Dog { doesKnowCommand(dogCommand: SIT) } ... on Cat { "
            "doesKnowCommand(catCommand: JUMP) } }"
        ),
    ],
)
def test_5_3_2_field_selection_merging(source: str) -> None:
    assert errors_of(source, OverlappingFieldsCanBeMergedRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "fragment conflictingBecauseAlias on Dog { name: nickname name }",
            1,
        ),
        (
            (
                "fragment conflictingArgsOnValues on Dog { doesKnowCommand(dogCommand: "
                "SIT) doesKnowCommand(dogCommand: HEEL) } fragment "
                "conflictingArgsValueAndVar on Dog { doesKnowCommand(dogCommand: SIT) "
                "doesKnowCommand(dogCommand: $dogCommand) } fragment "
                "conflictingArgsWithVars on Dog { doesKnowCommand(dogCommand: $varOne) "
                "doesKnowCommand(dogCommand: $varTwo) } fragment differingArgs on Dog { "
                "doesKnowCommand(dogCommand: SIT) doesKnowCommand }"
            ),
            4,
        ),
        (
            (
                "fragment conflictingDifferingResponses on Pet { ... on Dog { someValue: "
                "nickname } ... on Cat { someValue: meowVolume } }"
            ),
            1,
        ),
    ],
)
def test_5_3_2_field_selection_merging_refused(source: str, count: int) -> None:
    assert errors_of(source, OverlappingFieldsCanBeMergedRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "fragment scalarSelection on Dog { barkVolume }",
        "query directQueryOnObjectWithSubFields { human { name } }",
    ],
)
def test_5_3_3_leaf_field_selections(source: str) -> None:
    assert errors_of(source, ScalarLeafsRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "fragment scalarSelectionsNotAllowedOnInt on Dog { barkVolume { sinceWhen } }",
            1,
        ),
        (
            (
                "query directQueryOnObjectWithoutSubFields { human } query "
                "directQueryOnInterfaceWithoutSubFields { pet } query "
                "directQueryOnUnionWithoutSubFields { catOrDog }"
            ),
            3,
        ),
    ],
)
def test_5_3_3_leaf_field_selections_refused(source: str, count: int) -> None:
    assert errors_of(source, ScalarLeafsRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment argOnRequiredArg on Dog { doesKnowCommand(dogCommand: SIT) } "
            "fragment argOnOptional on Dog { isHouseTrained(atOtherHomes: true) "
            "@include(if: true) }"
        ),
        (
            "fragment multipleArgs on Arguments { multipleRequirements(x: 1, y: 2) } "
            "fragment multipleArgsReverseOrder on Arguments { multipleRequirements(y: 2, "
            "x: 1) }"
        ),
    ],
)
def test_5_4_1_argument_names(source: str) -> None:
    assert errors_of(source, KnownArgumentNamesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "fragment invalidArgName on Dog { doesKnowCommand(command: CLEAN_UP_HOUSE) }",
            1,
        ),
        (
            (
                "fragment invalidArgName on Dog { isHouseTrained(atOtherHomes: true) "
                "@include(unless: false) }"
            ),
            1,
        ),
    ],
)
def test_5_4_1_argument_names_refused(source: str, count: int) -> None:
    assert errors_of(source, KnownArgumentNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { doesKnowCommand(dogCommand: SIT) } }",
    ],
)
def test_5_4_2_argument_uniqueness(source: str) -> None:
    assert errors_of(source, UniqueArgumentNamesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "{ dog { doesKnowCommand(dogCommand: SIT, dogCommand: SIT) } }",
            1,
        ),
    ],
)
def test_5_4_2_argument_uniqueness_refused(source: str, count: int) -> None:
    assert errors_of(source, UniqueArgumentNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment goodBooleanArg on Arguments { booleanArgField(booleanArg: true) } "
            "fragment goodNonNullArg on Arguments { "
            "nonNullBooleanArgField(nonNullBooleanArg: true) }"
        ),
        "fragment goodBooleanArgDefault on Arguments { booleanArgField }",
    ],
)
def test_5_4_3_required_arguments(source: str) -> None:
    assert errors_of(source, ProvidedRequiredArgumentsRule, ValuesOfCorrectTypeRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "fragment missingRequiredArg on Arguments { nonNullBooleanArgField }",
            1,
        ),
        (
            (
                "fragment missingRequiredArg on Arguments { "
                "nonNullBooleanArgField(nonNullBooleanArg: null) }"
            ),
            1,
        ),
    ],
)
def test_5_4_3_required_arguments_refused(source: str, count: int) -> None:
    assert errors_of(source, ProvidedRequiredArgumentsRule, ValuesOfCorrectTypeRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "{ dog { ...fragmentOne ...fragmentTwo } } fragment fragmentOne on Dog { "
            "name } fragment fragmentTwo on Dog { owner { name } }"
        ),
    ],
)
def test_5_5_1_1_fragment_name_uniqueness(source: str) -> None:
    assert errors_of(source, UniqueFragmentNamesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "{ dog { ...fragmentOne } } fragment fragmentOne on Dog { name } "
                "fragment fragmentOne on Dog { owner { name } }"
            ),
            1,
        ),
    ],
)
def test_5_5_1_1_fragment_name_uniqueness_refused(source: str, count: int) -> None:
    assert errors_of(source, UniqueFragmentNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment correctType on Dog { name } fragment inlineFragment on Dog { ... "
            "on Dog { name } } fragment inlineFragment2 on Dog { ... @include(if: true) "
            "{ name } }"
        ),
    ],
)
def test_5_5_1_2_fragment_spread_type_existence(source: str) -> None:
    assert errors_of(source, KnownTypeNamesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "fragment notOnExistingType on NotInSchema { name } fragment "
                "inlineNotExistingType on Dog { ... on NotInSchema { name } }"
            ),
            2,
        ),
    ],
)
def test_5_5_1_2_fragment_spread_type_existence_refused(source: str, count: int) -> None:
    assert errors_of(source, KnownTypeNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment fragOnObject on Dog { name } fragment fragOnInterface on Pet { "
            "name } fragment fragOnUnion on CatOrDog { ... on Dog { name } }"
        ),
    ],
)
def test_5_5_1_3_fragments_on_composite_types(source: str) -> None:
    assert errors_of(source, FragmentsOnCompositeTypesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "fragment fragOnScalar on Int { something } fragment inlineFragOnScalar "
                "on Dog { ... on Boolean { somethingElse } }"
            ),
            2,
        ),
    ],
)
def test_5_5_1_3_fragments_on_composite_types_refused(source: str, count: int) -> None:
    assert errors_of(source, FragmentsOnCompositeTypesRule) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "fragment nameFragment on Dog { name } { dog { name } }",
            1,
        ),
    ],
)
def test_5_5_1_4_fragments_must_be_used_refused(source: str, count: int) -> None:
    assert errors_of(source, NoUnusedFragmentsRule) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "{ dog { ...undefinedFragment } }",
            1,
        ),
    ],
)
def test_5_5_2_1_fragment_spread_target_defined_refused(source: str, count: int) -> None:
    assert errors_of(source, KnownFragmentNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "{ dog { name barkVolume name barkVolume name barkVolume name } }",
    ],
)
def test_5_5_2_2_fragment_spreads_must_not_form_cycles(source: str) -> None:
    assert errors_of(source, NoFragmentCyclesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "{ dog { ...nameFragment } } fragment nameFragment on Dog { name "
                "...barkVolumeFragment } fragment barkVolumeFragment on Dog { barkVolume "
                "...nameFragment }"
            ),
            1,
        ),
        (
            (
                "{ dog { ...dogFragment } } fragment dogFragment on Dog { name owner { "
                "...ownerFragment } } fragment ownerFragment on Human { name pets { "
                "...dogFragment } }"
            ),
            1,
        ),
    ],
)
def test_5_5_2_2_fragment_spreads_must_not_form_cycles_refused(source: str, count: int) -> None:
    assert errors_of(source, NoFragmentCyclesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "fragment dogFragment on Dog { ... on Dog { barkVolume } }",
    ],
)
def test_5_5_2_3_1_object_spreads_in_object_scope(source: str) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "fragment catInDogFragmentInvalid on Dog { ... on Cat { meowVolume } }",
            1,
        ),
    ],
)
def test_5_5_2_3_1_object_spreads_in_object_scope_refused(source: str, count: int) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment petNameFragment on Pet { name } fragment "
            "interfaceWithinObjectFragment on Dog { ...petNameFragment }"
        ),
        (
            "fragment catOrDogNameFragment on CatOrDog { ... on Cat { meowVolume } } "
            "fragment unionWithObjectFragment on Dog { ...catOrDogNameFragment }"
        ),
    ],
)
def test_5_5_2_3_2_abstract_spreads_in_object_scope(source: str) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == 0


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment petFragment on Pet { name ... on Dog { barkVolume } } fragment "
            "catOrDogFragment on CatOrDog { ... on Cat { meowVolume } }"
        ),
    ],
)
def test_5_5_2_3_3_object_spreads_in_abstract_scope(source: str) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "fragment sentientFragment on Sentient { ... on Dog { barkVolume } } "
                "fragment humanOrAlienFragment on HumanOrAlien { ... on Cat { meowVolume "
                "} }"
            ),
            2,
        ),
    ],
)
def test_5_5_2_3_3_object_spreads_in_abstract_scope_refused(source: str, count: int) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment unionWithInterface on Pet { ...dogOrHumanFragment } fragment "
            "dogOrHumanFragment on DogOrHuman { ... on Dog { barkVolume } }"
        ),
    ],
)
def test_5_5_2_3_4_abstract_spreads_in_abstract_scope(source: str) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "fragment nonIntersectingInterfaces on Pet { ...sentientFragment } "
                "fragment sentientFragment on Sentient { name }"
            ),
            1,
        ),
    ],
)
def test_5_5_2_3_4_abstract_spreads_in_abstract_scope_refused(source: str, count: int) -> None:
    assert errors_of(source, PossibleFragmentSpreadsRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "fragment goodBooleanArg on Arguments { booleanArgField(booleanArg: true) } "
            "fragment coercedIntIntoFloatArg on Arguments { floatArgField(floatArg: 123) "
            '} query goodComplexDefaultValue($search: FindDogInput = { name: "Fido" }) { '
            "findDog(searchBy: $search) { name } } mutation addPet($pet: PetInput! = { "
            'cat: { name: "Brontie" } }) { addPet(pet: $pet) { name } }'
        ),
    ],
)
def test_5_6_1_values_of_correct_type(source: str) -> None:
    assert errors_of(source, ValuesOfCorrectTypeRule, VariablesInAllowedPositionRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                'fragment stringIntoInt on Arguments { intArgField(intArg: "123") } '
                "query badComplexValue { findDog(searchBy: { name: 123 }) { name } } "
                "mutation oneOfWithNoFields { addPet(pet: {}) { name } } mutation "
                "oneOfWithTwoFields($dog: DogInput) { addPet(pet: { cat: { name: "
                '"Brontie" }, dog: $dog }) { name } } mutation '
                "listOfOneOfWithNullableVariable($dog: DogInput) { addPets(pets: [{ dog: "
                "$dog }]) { name } }"
            ),
            6,
        ),
    ],
)
def test_5_6_1_values_of_correct_type_refused(source: str, count: int) -> None:
    assert errors_of(source, ValuesOfCorrectTypeRule, VariablesInAllowedPositionRule) == count


@pytest.mark.parametrize(
    "source",
    [
        '{ findDog(searchBy: { name: "Fido" }) { name } }',
    ],
)
def test_5_6_2_input_object_field_names(source: str) -> None:
    assert errors_of(source, ValuesOfCorrectTypeRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            '{ findDog(searchBy: { favoriteCookieFlavor: "Bacon" }) { name } }',
            1,
        ),
    ],
)
def test_5_6_2_input_object_field_names_refused(source: str, count: int) -> None:
    assert errors_of(source, ValuesOfCorrectTypeRule) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "{ field(arg: { field: true, field: false }) }",
            1,
        ),
    ],
)
def test_5_6_3_input_object_field_uniqueness_refused(source: str, count: int) -> None:
    assert errors_of(source, UniqueInputFieldNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "{ findDog(searchBy: {}) { name } }",
        'mutation { addPet(pet: { cat: { name: "Brontie" } }) { name } }',
    ],
)
def test_5_6_4_input_object_required_fields(source: str) -> None:
    assert errors_of(source, ValuesOfCorrectTypeRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "mutation { addPet(pet: { cat: {} }) { name } }",
            1,
        ),
        (
            "mutation { addPet(pet: { cat: { name: null } }) { name } }",
            1,
        ),
    ],
)
def test_5_6_4_input_object_required_fields_refused(source: str, count: int) -> None:
    assert errors_of(source, ValuesOfCorrectTypeRule) == count


@pytest.mark.parametrize(
    "source",
    [
        "{ dog @include(if: true) { name } }",
    ],
)
def test_5_7_1_directives_are_defined(source: str) -> None:
    assert errors_of(source, KnownDirectivesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "{ dog @undefined { name } }",
            1,
        ),
    ],
)
def test_5_7_1_directives_are_defined_refused(source: str, count: int) -> None:
    assert errors_of(source, KnownDirectivesRule) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "query @skip(if: $foo) { field }",
            1,
        ),
    ],
)
def test_5_7_2_directives_are_in_valid_locations_refused(source: str, count: int) -> None:
    assert errors_of(source, KnownDirectivesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "query ($foo: Boolean = true, $bar: Boolean = false) { field @skip(if: $foo) "
            "{ subfieldA } field @skip(if: $bar) { subfieldB } }"
        ),
    ],
)
def test_5_7_3_directives_are_unique_per_location(source: str) -> None:
    assert errors_of(source, UniqueDirectivesPerLocationRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "query ($foo: Boolean = true, $bar: Boolean = false) { field @skip(if: "
                "$foo) @skip(if: $bar) }"
            ),
            1,
        ),
    ],
)
def test_5_7_3_directives_are_unique_per_location_refused(source: str, count: int) -> None:
    assert errors_of(source, UniqueDirectivesPerLocationRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "query A($atOtherHomes: Boolean) { ...HouseTrainedFragment } query "
            "B($atOtherHomes: Boolean) { ...HouseTrainedFragment } fragment "
            "HouseTrainedFragment on Query { dog { isHouseTrained(atOtherHomes: "
            "$atOtherHomes) } }"
        ),
    ],
)
def test_5_8_1_variable_uniqueness(source: str) -> None:
    assert errors_of(source, UniqueVariableNamesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "query houseTrainedQuery($atOtherHomes: Boolean, $atOtherHomes: Boolean) "
                "{ dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }"
            ),
            1,
        ),
    ],
)
def test_5_8_1_variable_uniqueness_refused(source: str, count: int) -> None:
    assert errors_of(source, UniqueVariableNamesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "query takesBoolean($atOtherHomes: Boolean) { dog { "
            "isHouseTrained(atOtherHomes: $atOtherHomes) } } query "
            "takesComplexInput($search: FindDogInput) { findDog(searchBy: $search) { "
            "name } } query TakesListOfBooleanBang($booleans: [Boolean!]) { "
            "booleanList(booleanListArg: $booleans) }"
        ),
    ],
)
def test_5_8_2_variables_are_input_types(source: str) -> None:
    assert errors_of(source, VariablesAreInputTypesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "query takesCat($cat: Cat) { a } query takesDogBang($dog: Dog!) { a } "
                "query takesListOfPet($pets: [Pet]) { a } query takesCatOrDog($catOrDog: "
                "CatOrDog) { a }"
            ),
            4,
        ),
    ],
)
def test_5_8_2_variables_are_input_types_refused(source: str, count: int) -> None:
    assert errors_of(source, VariablesAreInputTypesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "query variableIsDefined($atOtherHomes: Boolean) { dog { "
            "isHouseTrained(atOtherHomes: $atOtherHomes) } }"
        ),
        (
            "query variableIsDefinedUsedInSingleFragment($atOtherHomes: Boolean) { dog { "
            "...isHouseTrainedFragment } } fragment isHouseTrainedFragment on Dog { "
            "isHouseTrained(atOtherHomes: $atOtherHomes) }"
        ),
        (
            "query houseTrainedQueryOne($atOtherHomes: Boolean) { dog { "
            "...isHouseTrainedFragment } } query houseTrainedQueryTwo($atOtherHomes: "
            "Boolean) { dog { ...isHouseTrainedFragment } } fragment "
            "isHouseTrainedFragment on Dog { isHouseTrained(atOtherHomes: $atOtherHomes) "
            "}"
        ),
    ],
)
def test_5_8_3_all_variable_uses_defined(source: str) -> None:
    assert errors_of(source, NoUndefinedVariablesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            ("query variableIsNotDefined { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }"),
            1,
        ),
        (
            (
                "query variableIsNotDefinedUsedInSingleFragment { dog { "
                "...isHouseTrainedFragment } } fragment isHouseTrainedFragment on Dog { "
                "isHouseTrained(atOtherHomes: $atOtherHomes) }"
            ),
            1,
        ),
        (
            (
                "query variableIsNotDefinedUsedInNestedFragment { dog { "
                "...outerHouseTrainedFragment } } fragment outerHouseTrainedFragment on "
                "Dog { ...isHouseTrainedFragment } fragment isHouseTrainedFragment on "
                "Dog { isHouseTrained(atOtherHomes: $atOtherHomes) }"
            ),
            1,
        ),
        (
            (
                "query houseTrainedQueryOne($atOtherHomes: Boolean) { dog { "
                "...isHouseTrainedFragment } } query houseTrainedQueryTwoNotDefined { "
                "dog { ...isHouseTrainedFragment } } fragment isHouseTrainedFragment on "
                "Dog { isHouseTrained(atOtherHomes: $atOtherHomes) }"
            ),
            1,
        ),
    ],
)
def test_5_8_3_all_variable_uses_defined_refused(source: str, count: int) -> None:
    assert errors_of(source, NoUndefinedVariablesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "query variableUsedInFragment($atOtherHomes: Boolean) { dog { "
            "...isHouseTrainedFragment } } fragment isHouseTrainedFragment on Dog { "
            "isHouseTrained(atOtherHomes: $atOtherHomes) }"
        ),
    ],
)
def test_5_8_4_all_variables_used(source: str) -> None:
    assert errors_of(source, NoUnusedVariablesRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            "query variableUnused($atOtherHomes: Boolean) { dog { isHouseTrained } }",
            1,
        ),
        (
            (
                "query variableNotUsedWithinFragment($atOtherHomes: Boolean) { dog { "
                "...isHouseTrainedWithoutVariableFragment } } fragment "
                "isHouseTrainedWithoutVariableFragment on Dog { isHouseTrained }"
            ),
            1,
        ),
        (
            (
                "query queryWithUsedVar($atOtherHomes: Boolean) { dog { "
                "...isHouseTrainedFragment } } query queryWithExtraVar($atOtherHomes: "
                "Boolean, $extra: Int) { dog { ...isHouseTrainedFragment } } fragment "
                "isHouseTrainedFragment on Dog { isHouseTrained(atOtherHomes: "
                "$atOtherHomes) }"
            ),
            1,
        ),
    ],
)
def test_5_8_4_all_variables_used_refused(source: str, count: int) -> None:
    assert errors_of(source, NoUnusedVariablesRule) == count


@pytest.mark.parametrize(
    "source",
    [
        (
            "query nonNullListToList($nonNullBooleanList: [Boolean]!) { arguments { "
            "booleanListArgField(booleanListArg: $nonNullBooleanList) } }"
        ),
        (
            "mutation addCat($cat: CatInput!) { addPet(pet: { cat: $cat }) { name } } "
            'mutation addCatWithDefault($cat: CatInput! = { name: "Brontie" }) { '
            "addPet(pet: { cat: $cat }) { name } }"
        ),
        (
            "query booleanArgQueryWithDefault($booleanArg: Boolean) { arguments { "
            "optionalNonNullBooleanArgField(optionalBooleanArg: $booleanArg) } }"
        ),
        (
            "query booleanArgQueryWithDefault($booleanArg: Boolean = true) { arguments { "
            "nonNullBooleanArgField(nonNullBooleanArg: $booleanArg) } }"
        ),
    ],
)
def test_5_8_5_all_variable_usages_are_allowed(source: str) -> None:
    assert errors_of(source, VariablesInAllowedPositionRule) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (
            (
                "query intCannotGoIntoBoolean($intArg: Int) { arguments { "
                "booleanArgField(booleanArg: $intArg) } }"
            ),
            1,
        ),
        (
            (
                "query booleanListCannotGoIntoBoolean($booleanListArg: [Boolean]) { "
                "arguments { booleanArgField(booleanArg: $booleanListArg) } }"
            ),
            1,
        ),
        (
            (
                "query booleanArgQuery($booleanArg: Boolean) { arguments { "
                "nonNullBooleanArgField(nonNullBooleanArg: $booleanArg) } }"
            ),
            1,
        ),
        (
            (
                "query listToNonNullList($booleanList: [Boolean]) { arguments { "
                "nonNullBooleanListField(nonNullBooleanListArg: $booleanList) } }"
            ),
            1,
        ),
        (
            "mutation addNullableCat($cat: CatInput) { addPet(pet: { cat: $cat }) { name } }",
            1,
        ),
    ],
)
def test_5_8_5_all_variable_usages_are_allowed_refused(source: str, count: int) -> None:
    assert errors_of(source, VariablesInAllowedPositionRule) == count
