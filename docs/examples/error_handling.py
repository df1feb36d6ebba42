"""Error handling: errors raised, errors of one's own, handlers that answer them."""

from covet import (
    APIException,
    BadRequest,
    Covet,
    ErrorDetail,
    NotFound,
    Request,
    Response,
    ServiceUnavailable,
)

app = Covet(title="Errors")


class OutOfStock(APIException):
    """409: nothing is left of it."""

    status_code = 409
    title = "Out Of Stock"
    code = "OUT_OF_STOCK"


class PrinterJamError(Exception):
    """What a library of somebody else raises."""


@app.get("/shelf/{name}", raises=[OutOfStock])
async def shelf(name: str) -> str:
    match name:
        case "milk":
            raise OutOfStock("There is no milk left.", headers={"Retry-After": "3600"})
        case "unicorn":
            raise NotFound("Nobody has seen one.")
        case "mixed":
            raise BadRequest(
                "The name says nothing.",
                details=[
                    ErrorDetail(field="name", location="path", message="Vague.", code="VAGUE")
                ],
            )
        case _:
            return name


@app.get("/bug")
async def bug() -> str:
    raise RuntimeError("secret internals")


@app.exception_handler(PrinterJamError)
async def printer_jam(request: Request, error: PrinterJamError) -> Exception:
    return ServiceUnavailable("The printer is being repaired.", retry_after=60)


def teapot(request: Request, error: PrinterJamError) -> Response:
    return Response(f"short and stout: {error}", status_code=418, media_type="text/plain")


@app.get("/print")
async def print_it() -> str:
    raise PrinterJamError("tray 2")


@app.get("/brew", exception_handlers={PrinterJamError: teapot})
async def brew() -> str:
    raise PrinterJamError("no paper, tea instead")
