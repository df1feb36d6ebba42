"""The documentation page in a real browser: complete, at home, under its policy, and working."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from blog_server import PASSWORD, Blog, blog_on, unique
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, sync_playwright
from servers import program

pytestmark = pytest.mark.browser

NOT_FOUND = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # the world is away


@dataclass(slots=True)
class Visit:
    """The page as somebody sees it, and all that it asked for or complained of meanwhile."""

    page: Page
    blog: Blog
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    policies: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Open the page and wait until it shows its operations."""
        self.page.on("request", lambda request: self.requested.append(request.url))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))
        self.page.on("console", lambda message: self._note_complaint(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda response: self._note_policy(response))
        self.page.goto(f"{self.blog.url}/docs")
        self.page.wait_for_selector(".opblock")

    def log_in(self, username: str) -> None:
        """Fill in the dialog "Authorize" by name and password."""
        self.page.locator(".btn.authorize").first.click()
        self.page.fill("#oauth_username", username)
        self.page.fill("#oauth_password", PASSWORD)
        self.page.locator(".auth-container:has(#oauth_username) button.authorize").click()
        self.page.locator(".auth-container button", has_text="Logout").wait_for()
        self.page.locator(".close-modal").click()

    def _note_complaint(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:  # the rest is advice to whoever writes a page
            self.complaints.append(message.text)

    def _note_policy(self, response: Response) -> None:
        policy = response.headers.get("content-security-policy")
        if policy:
            self.policies[response.url] = policy


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """A blog for the browser; one database is enough for a page."""
    folder = tmp_path_factory.mktemp("blog-browser")
    with blog_on(f"sqlite:///{folder}/blog.db", folder) as served:
        yield served


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """A browser whose pages share a cache, as one person's do."""
    executable = program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", NOT_FOUND]
        )
        yield browser.new_context(viewport={"width": 1200, "height": 1400})
        browser.close()


@pytest.fixture
def visit(context: BrowserContext, blog: Blog) -> Iterator[Visit]:
    page = context.new_page()
    page.set_default_timeout(15_000)
    visit = Visit(page, blog)
    visit.open()
    yield visit
    page.close()


def test_it_shows_every_operation(visit: Visit, tmp_path: Path) -> None:
    visit.page.screenshot(path=tmp_path / "docs.png", full_page=True)

    document = visit.blog.visitor.get("/openapi.json").json()
    operations = sum(len(item) for item in document["paths"].values())
    assert visit.page.locator(".opblock").count() == operations == 17
    assert visit.page.locator(".info .title").inner_text().startswith("Blog")
    tags = visit.page.locator(".opblock-tag").all_inner_texts()
    assert [tag.strip() for tag in tags] == ["login", "users", "posts", "comments"]


def test_it_asks_nobody_else_and_breaks_no_policy(visit: Visit) -> None:
    visit.page.locator("#operations-posts-create_post .opblock-summary-control").click()
    visit.page.locator("#operations-posts-create_post .responses-table").wait_for()
    visit.log_in("ada")

    strangers = [
        url for url in visit.requested if not url.startswith((f"{visit.blog.url}/", "data:"))
    ]
    assert strangers == []
    assert visit.complaints == []


def test_its_policy_forbids_what_it_does_not_need(visit: Visit) -> None:
    policy = visit.policies[f"{visit.blog.url}/docs"]

    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert "unsafe" not in directives["script-src"]
    assert "unsafe-eval" not in policy


def test_a_script_that_someone_smuggles_in_does_not_run(visit: Visit) -> None:
    visit.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.smuggled = true";
            document.body.append(script);
        }"""
    )

    assert visit.page.evaluate("window.smuggled") is None
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)


def test_it_logs_in_and_publishes_a_post(visit: Visit, tmp_path: Path) -> None:
    title = unique("From the browser")
    visit.log_in("ada")
    operation = visit.page.locator("#operations-posts-create_post")
    operation.locator(".opblock-summary-control").click()
    operation.locator(".try-out__btn").click()
    operation.locator("textarea.body-param__text").fill(f'{{"title": "{title}", "body": "Hi."}}')

    operation.locator(".execute").click()
    operation.locator(".live-responses-table .response-col_status").first.wait_for()

    visit.page.screenshot(path=tmp_path / "published.png", full_page=True)
    status = operation.locator(".live-responses-table tbody .response-col_status").inner_text()
    assert status.startswith("201")
    found = visit.blog.visitor.get("/posts", params={"search": title}).json()["items"]
    assert [post["author"]["username"] for post in found] == ["ada"]


def test_it_shows_a_refusal_as_it_is(visit: Visit) -> None:
    operation = visit.page.locator("#operations-users-read_me")
    operation.locator(".opblock-summary-control").click()
    operation.locator(".try-out__btn").click()

    operation.locator(".execute").click()

    answer = operation.locator(".live-responses-table tbody .response-col_status")
    answer.wait_for()
    assert answer.inner_text().startswith("401")
