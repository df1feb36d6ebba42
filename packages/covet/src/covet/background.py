"""Background tasks: work for after the response, injected like a handler."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.background import BackgroundTasks as StarletteBackgroundTasks

_logger = logging.getLogger("covet.background")


class BackgroundTasks(StarletteBackgroundTasks):
    """Collects functions to call once the response is on its way.

    Ask for it by type: `tasks: BackgroundTasks`, then `tasks.add_task(send_mail, user.email)`. What
    the caller does not give is injected, with a session and transaction of the task's own. A task
    that fails is logged; the ones after it still run.
    """

    def __init__(self, call: Callable[..., Awaitable[Any]]) -> None:
        super().__init__()
        self._call_injected = call

    def add_task(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Have *func* called with what is given here, and injected with the rest."""
        super().add_task(func, *args, **kwargs)

    async def __call__(self) -> None:
        """Call the functions one after the other."""
        for task in self.tasks:
            try:
                await self._call_injected(task.func, *task.args, **task.kwargs)
            except Exception:
                _logger.exception("The background task %s failed.", task.func)
