"""A function that meets what is required before it calls another of the same kind."""

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import ExitStack
from typing import Any, cast

from covet_security._requirements import (
    Call,
    PermissionRequirement,
    Requirement,
    enforce_all,
)
from covet_security.context import SecurityContext, current_security_context


def wrap(function: Callable[..., Any], requirements: tuple[Requirement, ...]) -> Callable[..., Any]:
    """Return a function of the same kind that enforces *requirements* before each call."""
    owned = tuple(
        one.ownership
        for one in requirements
        if isinstance(one, PermissionRequirement) and one.ownership is not None
    )

    def owning(context: SecurityContext) -> ExitStack:
        stack = ExitStack()
        for ownership in owned:
            stack.enter_context(context.owning(ownership))
        return stack

    async def call_async(*args: Any, **kwargs: Any) -> Any:
        context = current_security_context()
        await enforce_all(requirements, context, Call(function, args, kwargs))
        with owning(context):
            return await function(*args, **kwargs)

    async def call_stream(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        context = current_security_context()
        await enforce_all(requirements, context, Call(function, args, kwargs))
        with owning(context):
            async for item in function(*args, **kwargs):
                yield item

    def call_sync(*args: Any, **kwargs: Any) -> Any:
        context = current_security_context()
        call = Call(function, args, kwargs)

        def proceed() -> Any:
            with owning(context):
                return function(*args, **kwargs)

        for position, one in enumerate(requirements):
            if not one.enforce_now(context, call):
                return _wait_for(
                    enforce_all(requirements[position:], context, call), context, proceed
                )
        return proceed()

    if _is(inspect.isasyncgenfunction, function):
        return call_stream
    return call_async if _is(inspect.iscoroutinefunction, function) else call_sync


def _is(kind: Callable[[object], bool], function: Any) -> bool:
    """Tell whether *function*, a partial of it or its class's call is of *kind*."""
    while isinstance(function, functools.partial):
        function = function.func
    its_class = cast("Any", type(function))
    return kind(function) or kind(getattr(its_class, "__call__", None))  # noqa: B004


def _wait_for(
    enforcing: Coroutine[Any, Any, None], context: SecurityContext, proceed: Callable[[], Any]
) -> Any:
    """Proceed once *enforcing* has let it, in a thread by blocking it.

    On the event loop, which must not be blocked, that returns an awaitable, as resolvers of
    GraphQL may; where nobody awaits it, nothing is done.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        if context.loop is None:
            asyncio.run(enforcing)
        else:
            asyncio.run_coroutine_threadsafe(enforcing, context.loop).result()
        return proceed()

    async def wait_and_proceed() -> Any:
        await enforcing
        return proceed()

    return wait_and_proceed()
