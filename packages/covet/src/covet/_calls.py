"""Call a function with injection outside a request: background tasks and commands."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from covet._context import RequestContext, reset_current_context, set_current_context
from covet._request_id import new_request_id
from covet.injection import Injector, call_in_thread, is_async_callable

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession
    from starlette.types import Message


async def call_injected(
    injector: Injector,
    open_session: Callable[[], AsyncSession] | None,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    keywords: dict[str, Any],
) -> Any:
    """Return what *function* returns, called with what is given and injected with the rest.

    It has a session and a transaction of its own, committed when it returns.

    Raises:
        TypeError: a parameter is neither given nor injected nor has a default.
        BindingError: a parameter cannot be injected.
    """
    try:
        given = inspect.signature(function).bind_partial(*arguments, **keywords).arguments
    except ValueError:  # some callables that are not written in Python have no signature
        return await call_in_thread(partial(function, *arguments, **keywords))
    binding = injector.bind(function, given=given)
    missing = [one.key for one in binding.inputs if one.required]
    if missing:
        name = getattr(function, "__qualname__", repr(function))
        raise TypeError(f"{name} needs {', '.join(missing)}. Pass it, or register a provider.")
    from_defaults = {one.key for one in binding.inputs}
    context = RequestContext({"type": "covet.call"}, _nothing, _nowhere, new_request_id())
    context.open_session = open_session
    token = set_current_context(context)
    values: dict[str, Any] = {
        one.key: one.default if one.default_factory is None else one.default_factory()
        for one in binding.inputs
    }
    try:
        for key, run, awaits in binding.steps:
            values[key] = await run(context, values) if awaits else run(context, values)
        injected = {
            name: values[key] for name, key in binding.arguments.items() if key not in from_defaults
        }
        call = partial(function, *arguments, **keywords, **injected)
        result = await (call() if is_async_callable(function) else call_in_thread(call))
        await context.close(None)
        await context.commit()
        await context.release()
        return result
    except BaseException as error:
        await context.abandon(error)
        raise
    finally:
        reset_current_context(token)


async def _nothing() -> Message:
    raise RuntimeError("There is no request here, so nothing can be received.")


async def _nowhere(_: Message) -> None:
    raise RuntimeError("There is no request here, so nothing can be sent.")
