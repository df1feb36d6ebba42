"""Injection: what a function asks for, planned once, then provided for each request.

A parameter is injected when it says `Annotated[T, Depends(f)]`, when its type has a provider, or
when it is called `request`, `db` or `current_user`. Nothing that a client sends can fill it.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Generator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, NamedTuple, TypeAlias

from anyio import to_thread

from covet._context import RequestContext
from covet.errors import Fault
from covet_validation import RequestInput, SignatureError, is_marker, read_inputs

Values: TypeAlias = dict[str, Any]
Run: TypeAlias = Callable[[RequestContext, Values], Any]


@dataclass(frozen=True, slots=True)
class Depends:
    """Marks a parameter as the result of *dependency*: `Annotated[Clock, Depends(get_clock)]`.

    *dependency* is a function, a generator function that yields once (what follows the `yield`
    runs when the request ends), an async form of either, or a class. Its own parameters are
    treated as a handler's are. It is called once a request, unless *use_cache* is False.
    """

    dependency: Callable[..., Any]
    use_cache: bool = True


class Step(NamedTuple):
    """One value to provide: `values[key] = run(context, values)`, awaited where it `awaits`."""

    key: str
    run: Run
    awaits: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """How to call one function for a request.

    `inputs` are what the client sends, for the function and all that it depends on, with keys
    that tell them apart. `steps` run in order and add to the same values.
    """

    function: Callable[..., Any]
    inputs: tuple[RequestInput, ...]
    steps: tuple[Step, ...]
    arguments: Mapping[str, str]  # parameter → key of its value
    uses: frozenset[str]  # the names of what was injected from the context, such as "session"

    @property
    def takes_all_values(self) -> bool:
        """Whether the values are, without more, the function's keyword arguments."""
        keys = {step.key for step in self.steps} | {one.key for one in self.inputs}
        return all(name == key for name, key in self.arguments.items()) and keys == set(
            self.arguments
        )


@dataclass(frozen=True, slots=True)
class FromContext:
    """A provider that reads what the request's context holds; *name* says what, for the plan."""

    name: str
    read: Callable[[RequestContext], Any]


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands for a provider that the application lacks, and says why."""

    reason: str


Provider = FromContext | Missing | Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Injector:
    """What can be injected: providers by type and by parameter name, and overrides of providers."""

    by_type: Mapping[Any, Provider]
    by_name: Mapping[str, Provider]
    overrides: Mapping[Callable[..., Any], Callable[..., Any]]

    def bind(
        self,
        function: Callable[..., Any],
        *,
        path_params: Collection[str] = (),
        methods: Collection[str] = ("GET",),
        request_model: Any = None,
        dependencies: Collection[Depends] = (),
        given: Collection[str] = (),
    ) -> Binding:
        """Plan the calls of *function*, and of all that it depends on.

        *dependencies* are run for their effect, before those of the function itself; the
        parameters *given* are left to the caller.

        Raises:
            BindingError: with every fault of the function and its dependencies.
        """
        planner = _Planner(self, path_params, methods)
        for dependency in dependencies:
            planner.depend_on(dependency, key=None, above=())
        arguments = planner.arguments_of(function, request_model=request_model, given=given)
        if planner.faults:
            raise BindingError(planner.faults)
        return Binding(
            function,
            tuple(planner.inputs),
            tuple(planner.steps),
            arguments,
            frozenset(planner.uses),
        )


class BindingError(Exception):
    """A function cannot be called for a request; `faults` lists every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class _Planner:
    """Collects, depth first, the steps that one function needs."""

    def __init__(
        self, injector: Injector, path_params: Collection[str], methods: Collection[str]
    ) -> None:
        self._injector = injector
        self._path_params = path_params
        self._methods = methods
        self._known: dict[Callable[..., Any] | FromContext, str] = {}
        self.inputs: list[RequestInput] = []
        self.steps: list[Step] = []
        self.uses: set[str] = set()
        self.faults: list[Fault] = []

    def arguments_of(
        self,
        function: Callable[..., Any],
        *,
        request_model: Any = None,
        given: Collection[str] = (),
        prefix: str = "",
        above: tuple[Callable[..., Any], ...] = (),
    ) -> dict[str, str]:
        """Return the key of the value for each parameter, planning what provides it."""
        arguments: dict[str, str] = {}
        try:
            parameters = _parameters(function)
        except (NameError, AttributeError, SyntaxError, TypeError) as error:
            self._fault(function, f"an annotation does not resolve: {error}. Import the name.")
            return arguments
        for name, (annotation, default) in parameters.items():
            if name in given:
                continue
            if isinstance(default, Depends):
                self._fault(
                    function,
                    f"parameter {name!r} has Depends as its default. "
                    f"Write {name}: Annotated[…, Depends(…)].",
                )
                arguments[name] = name
                continue
            source = self._source(name, annotation)
            if source is not None:
                key = name if not prefix else None
                if isinstance(source, Missing):
                    self._fault(function, f"parameter {name!r} needs {source.reason}")
                    arguments[name] = name
                else:
                    arguments[name] = self._provide(source, key, (*above, function))
        try:
            found = read_inputs(
                function,
                path_params=self._path_params,
                methods=self._methods,
                injected=[*arguments, *given],
                request_model=request_model,
            )
        except SignatureError as error:
            self.faults += [Fault(one.message, one.file, one.line) for one in error.faults]
            return arguments
        for one in found:
            arguments[one.key] = prefix + one.key
            self.inputs.append(replace(one, key=prefix + one.key) if prefix else one)
        return arguments

    def depend_on(
        self, depends: Depends, key: str | None, above: tuple[Callable[..., Any], ...]
    ) -> str:
        """Plan *depends* and return the key of its value."""
        provider = self._injector.overrides.get(depends.dependency, depends.dependency)
        return self._call(provider, key, above, use_cache=depends.use_cache)

    def _source(self, name: str, annotation: Any) -> Provider | Depends | None:
        """Return what provides a parameter, None where the client does."""
        metadata: tuple[Any, ...] = ()
        if typing.get_origin(annotation) is Annotated:
            annotation, *rest = typing.get_args(annotation)
            metadata = tuple(rest)
        for item in metadata:
            if isinstance(item, Depends):
                return item
            if is_marker(item):
                return None
        return self._of_type(annotation) or self._injector.by_name.get(name)

    def _of_type(self, annotation: Any) -> Provider | None:
        if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
            members = [one for one in typing.get_args(annotation) if one is not type(None)]
            if len(members) != 1:
                return None
            annotation = members[0]
        try:
            return self._injector.by_type.get(annotation)
        except TypeError:  # an annotation that cannot be hashed is nobody's type
            return None

    def _provide(
        self,
        source: FromContext | Callable[..., Any] | Depends,
        key: str | None,
        above: tuple[Callable[..., Any], ...],
    ) -> str:
        if isinstance(source, Depends):
            return self.depend_on(source, key, above)
        if not isinstance(source, FromContext):
            provider = self._injector.overrides.get(source, source)
            return self._call(provider, key, above, use_cache=True)
        self.uses.add(source.name)
        if source not in self._known:
            self._known[source] = key or f"{len(self.steps)}:{source.name}"
            self.steps.append(Step(self._known[source], _reader(source.read), False))
        return self._known[source]

    def _call(
        self,
        provider: Callable[..., Any],
        key: str | None,
        above: tuple[Callable[..., Any], ...],
        *,
        use_cache: bool,
    ) -> str:
        if use_cache and provider in self._known:
            return self._known[provider]
        name = getattr(provider, "__name__", type(provider).__name__)
        if provider in above:
            chain = " → ".join(getattr(one, "__name__", "?") for one in (*above, provider))
            self._fault(provider, f"dependencies go in a circle: {chain}. Break it.")
            return name
        prefix = f"{len(self.steps)}:{len(self.inputs)}:{name}."
        arguments = self.arguments_of(provider, prefix=prefix, above=above)
        found = key or prefix
        if use_cache:
            self._known[provider] = found
        self.steps.append(_step(found, provider, arguments))
        return found

    def _fault(self, function: Callable[..., Any], message: str) -> None:
        code = getattr(inspect.unwrap(function), "__code__", None)
        name = getattr(function, "__qualname__", repr(function))
        place = (code.co_filename, code.co_firstlineno) if code else (None, None)
        self.faults.append(Fault(f"{name}: {message}", *place))


def _parameters(function: Callable[..., Any]) -> dict[str, tuple[Any, Any]]:
    """Return annotation and default of each parameter by name; annotations are resolved."""
    target = function
    while isinstance(target, partial):
        target = target.func
    if inspect.isclass(target):
        target = target.__init__
    elif not inspect.isroutine(target):
        target = type(target).__call__
    hints = typing.get_type_hints(inspect.unwrap(target), include_extras=True)
    return {
        name: (hints.get(name, Any), parameter.default)
        for name, parameter in inspect.signature(function).parameters.items()
    }


def keyword_arguments(arguments: Mapping[str, str]) -> Callable[[Values], Values]:
    """Return a function from all values to the keyword arguments that *arguments* names."""
    pairs = tuple(arguments.items())
    if not pairs:
        return lambda _: {}
    return lambda values: {name: values[key] for name, key in pairs}


def is_async_callable(function: Callable[..., Any]) -> bool:
    """Tell whether calling *function* returns a coroutine."""
    while isinstance(function, partial):
        function = function.func
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004 - its kind matters, not whether
    )


def _reader(read: Callable[[RequestContext], Any]) -> Run:
    return lambda context, _: read(context)


def _step(key: str, provider: Callable[..., Any], arguments: Mapping[str, str]) -> Step:
    """Return the step that calls *provider* in the way its kind demands."""
    run, awaits = _run(provider, arguments)
    return Step(key, run, awaits)


def _run(provider: Callable[..., Any], arguments: Mapping[str, str]) -> tuple[Run, bool]:
    """Return how to run *provider*, and whether what that returns is to be awaited."""
    keywords = keyword_arguments(arguments)
    run: Run
    if inspect.isasyncgenfunction(provider):
        run = lambda context, values: _enter_async(context, provider(**keywords(values)))  # noqa: E731
    elif inspect.isgeneratorfunction(provider):
        run = lambda context, values: _enter(context, provider(**keywords(values)))  # noqa: E731
    elif is_async_callable(provider) or inspect.isclass(provider):
        if not arguments:
            run = lambda _context, _values: provider()  # noqa: E731
        else:
            run = lambda _, values: provider(**keywords(values))  # noqa: E731
        return run, not inspect.isclass(provider)  # a constructor does no I/O worth a thread
    else:
        run = lambda _, values: call_in_thread(partial(provider, **keywords(values)))  # noqa: E731
    return run, True


async def call_in_thread(function: Callable[[], Any]) -> Any:
    """Return what *function* returns, called in a thread with this task's context variables.

    A sync wrapper around an async function returns an awaitable, which is awaited here.
    """
    result = await to_thread.run_sync(function)
    return await result if inspect.isawaitable(result) else result


async def _enter_async(context: RequestContext, generator: AsyncGenerator[Any, None]) -> Any:
    """Return what *generator* yields, and have it resumed when the request ends."""
    value = await anext(generator)

    async def close(error: BaseException | None) -> None:
        try:
            await (anext(generator) if error is None else generator.athrow(error))
        except StopAsyncIteration:
            return
        raise _yielded_twice(generator)

    context.on_close(close)
    return value


async def _enter(context: RequestContext, generator: Generator[Any, None, None]) -> Any:
    """Do the same for a sync generator, in threads."""
    value = await to_thread.run_sync(next, generator)

    def resume(error: BaseException | None) -> None:
        try:  # a StopIteration must not leave the thread: a future refuses it
            if error is None:
                next(generator)
            else:
                generator.throw(error)
        except StopIteration:
            return
        raise _yielded_twice(generator)

    def close(error: BaseException | None) -> Awaitable[None]:
        return to_thread.run_sync(resume, error)

    context.on_close(close)
    return value


def _yielded_twice(generator: Any) -> RuntimeError:
    return RuntimeError(f"The provider {generator.__qualname__} yields twice. It may yield once.")
