"""Pydantic's error types as codes and sentences of ours, which never repeat what a client sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CODES = {"model_attributes_type": "MODEL_TYPE", "dataclass_type": "MODEL_TYPE"}

_MESSAGES: Mapping[str, str] = {
    "arguments_type": "Input should be an object.",
    "assertion_error": "{error}",
    "bool_parsing": "Input should be true or false.",
    "bool_type": "Input should be true or false.",
    "bytes_invalid_encoding": "Input should be valid {encoding}.",
    "bytes_too_long": "Input should have at most {max_length} bytes.",
    "bytes_too_short": "Input should have at least {min_length} bytes.",
    "dataclass_exact_type": "Input should be an object.",
    "dataclass_type": "Input should be an object.",
    "date_from_datetime_inexact": "Input should be a date without a time.",
    "date_from_datetime_parsing": "Input should be a valid date.",
    "date_future": "Date should be in the future.",
    "date_parsing": "Input should be a valid date.",
    "date_past": "Date should be in the past.",
    "date_type": "Input should be a valid date.",
    "datetime_from_date_parsing": "Input should be a valid date and time.",
    "datetime_future": "Date and time should be in the future.",
    "datetime_parsing": "Input should be a valid date and time.",
    "datetime_past": "Date and time should be in the past.",
    "datetime_type": "Input should be a valid date and time.",
    "decimal_max_digits": "Input should have at most {max_digits} digits.",
    "decimal_max_places": "Input should have at most {decimal_places} decimal places.",
    "decimal_parsing": "Input should be a valid decimal number.",
    "decimal_type": "Input should be a valid decimal number.",
    "decimal_whole_digits": "Input should have at most {whole_digits} digits before the point.",
    "default_factory_not_called": "Input depends on another field that is invalid.",
    "dict_type": "Input should be an object.",
    "enum": "Input should be {expected}.",
    "extra_forbidden": "This field is not known.",
    "finite_number": "Input should be a finite number.",
    "float_parsing": "Input should be a number.",
    "float_type": "Input should be a number.",
    "frozen_field": "This field cannot be changed.",
    "frozen_set_type": "Input should be a list of distinct items.",
    "get_attribute_error": "A part of the input cannot be read.",
    "greater_than": "Input should be greater than {gt}.",
    "greater_than_equal": "Input should be at least {ge}.",
    "import_error": "Input should name something that exists.",
    "int_from_float": "Input should be an integer, without a fraction.",
    "int_parsing": "Input should be an integer.",
    "int_parsing_size": "Input should be an integer with fewer digits.",
    "int_type": "Input should be an integer.",
    "invalid_key": "Keys should be strings.",
    "is_instance_of": "Input is not of the expected kind.",
    "iterable_type": "Input should be a list.",
    "iteration_error": "Input should be a list.",
    "json_invalid": "Input should be valid JSON.",
    "json_type": "Input should be valid JSON.",
    "less_than": "Input should be less than {lt}.",
    "less_than_equal": "Input should be at most {le}.",
    "list_type": "Input should be a list.",
    "literal_error": "Input should be {expected}.",
    "mapping_type": "Input should be an object.",
    "missing": "This field is required.",
    "model_attributes_type": "Input should be an object.",
    "model_type": "Input should be an object.",
    "multiple_of": "Input should be a multiple of {multiple_of}.",
    "needs_python_object": "Input cannot be read from JSON.",
    "none_required": "Input should be null.",
    "recursion_loop": "Input is nested too deeply.",
    "set_item_not_hashable": "Items should be plain values.",
    "set_type": "Input should be a list of distinct items.",
    "string_not_ascii": "Input should have ASCII characters only.",
    "string_pattern_mismatch": "Input should match the pattern {pattern}.",
    "string_sub_type": "Input should be a string.",
    "string_too_long": "Input should have at most {max_length} characters.",
    "string_too_short": "Input should have at least {min_length} characters.",
    "string_type": "Input should be a string.",
    "string_unicode": "Input should be valid UTF-8 text.",
    "time_delta_parsing": "Input should be a valid duration.",
    "time_delta_type": "Input should be a valid duration.",
    "time_parsing": "Input should be a valid time.",
    "time_type": "Input should be a valid time.",
    "timezone_aware": "Input should have a time zone.",
    "timezone_naive": "Input should have no time zone.",
    "timezone_offset": "Input should have the time zone offset {tz_expected}.",
    "too_long": "Input should have at most {max_length} items.",
    "too_many_errors": "Input has too many errors to list them.",
    "too_short": "Input should have at least {min_length} items.",
    "tuple_type": "Input should be a list.",
    "unexpected_keyword_argument": "This field is not known.",
    "union_tag_invalid": "Field {discriminator} should be one of {expected_tags}.",
    "union_tag_not_found": "Field {discriminator} is required to tell what this is.",
    "url_parsing": "Input should be a valid URL.",
    "url_scheme": "URL should start with {expected_schemes}.",
    "url_syntax_violation": "Input should be a valid URL.",
    "url_too_long": "URL should have at most {max_length} characters.",
    "url_type": "Input should be a valid URL.",
    "uuid_parsing": "Input should be a valid UUID.",
    "uuid_type": "Input should be a valid UUID.",
    "uuid_version": "UUID should be of version {expected_version}.",
    "value_error": "{error}",
}

_NO_WORD = re.compile(r"[^A-Z0-9]+")
_EMAIL_START = "value is not a valid email address"
_LONGEST_MESSAGE = 500


def is_email_error(kind: str, context: Mapping[str, Any], message: str) -> bool:
    """Say whether an error is Pydantic's about e-mail addresses, which has no type of its own."""
    return kind == "value_error" and "reason" in context and message.startswith(_EMAIL_START)


def code_and_message(kind: str, context: Mapping[str, Any], message: str) -> tuple[str, str]:
    """Return the code and the sentence of a Pydantic error.

    *kind* is its type, *context* its ``ctx``, *message* its own text, which only types that this
    package does not know (those of user's own errors) keep.
    """
    if is_email_error(kind, context, message):
        return "INVALID_EMAIL", "Value is not a valid e-mail address."
    code = _CODES.get(kind) or _NO_WORD.sub("_", kind.upper()).strip("_") or "INVALID"
    template = _MESSAGES.get(kind)
    if template is not None:
        try:
            message = template.format_map(context)
        except Exception:  # an exception of the user's, whose text raises
            message = "Input is invalid."
    return code, _sentence(message)


def _sentence(message: str) -> str:
    text = " ".join(message.split())
    if len(text) > _LONGEST_MESSAGE:
        text = text[:_LONGEST_MESSAGE] + "…"
    if not text:
        return "Input is invalid."
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else text + "."
