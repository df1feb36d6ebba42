"""covet_validation without a framework: a handler's inputs, and its result as bytes."""

from typing import Annotated

from pydantic import BaseModel

from covet_validation import (
    Header,
    PaginatedResponse,
    PaginationParams,
    RequestValidator,
    ResponseSerializer,
    ValidationException,
)


class Task(BaseModel):
    """A task."""

    id: int
    title: str


def tasks(
    project: str, page: PaginationParams, x_user: Annotated[int, Header()]
) -> PaginatedResponse[Task]:
    found = [Task(id=number, title=f"{project} {number}") for number in range(page.per_page)]
    return PaginatedResponse(items=found, total=40, page=page.page, per_page=page.per_page)


validator = RequestValidator(tasks, path_params=["project"])
write = ResponseSerializer().compile(PaginatedResponse[Task])


def answer(project: str, query_string: bytes, headers: list[tuple[bytes, bytes]]) -> bytes:
    """Return the JSON of a page of tasks, or of what is wrong with the request."""
    try:
        arguments = validator.validate({"project": project}, query_string, headers)
    except ValidationException as error:
        return ResponseSerializer().serialize(error.errors)
    return write(tasks(**arguments))


def main() -> None:
    print(answer("moon", b"per_page=2", [(b"x-user", b"7")]).decode())
    print(answer("moon", b"per_page=1000", []).decode())


if __name__ == "__main__":
    main()
