"""Background tasks: work for after the response, and calls outside of requests."""

from covet import BackgroundTasks, Covet

app = Covet(title="Background")


class Outbox:
    """Where mails go."""

    def __init__(self) -> None:
        self.mails: list[str] = []


outbox = Outbox()
app.provide(Outbox, instance=outbox)


async def send_mail(address: str, text: str, outbox: Outbox) -> None:
    """Send a mail; the outbox is injected, the rest is given by the caller."""
    outbox.mails.append(f"{address}: {text}")


@app.post("/orders/{order_id}", status_code=202)
async def order(order_id: int, tasks: BackgroundTasks) -> str:
    tasks.add_task(send_mail, "ada@example.com", f"Order {order_id} is on its way.")
    return "accepted"


async def remind() -> None:
    """Do the same from a scheduler or a shell."""
    await app.call(send_mail, "ada@example.com", "Your cart misses you.")
