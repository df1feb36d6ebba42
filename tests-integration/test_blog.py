"""The blog over HTTP, on each database: accounts, posts, comments, pictures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from blog_server import PASSWORD, SECRET_KEY, Blog, log_in, sign_up_form, unique
from contract import details_of, problem_of

from covet import JWTAuthenticator

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
MEBIBYTE = 1024 * 1024


def publish(author: httpx2.Client, **fields: Any) -> dict[str, Any]:
    """Have *author* write a post."""
    form = {"title": unique("Title"), "body": "Some text."} | fields
    response = author.post("/posts", json=form)
    assert response.status_code == 201, response.text
    return response.json()


def remark(author: httpx2.Client, post: dict[str, Any], text: str = "Well said.") -> dict[str, Any]:
    """Have *author* comment on *post*."""
    response = author.post(f"/posts/{post['id']}/comments", json={"text": text})
    assert response.status_code == 201, response.text
    return response.json()


def me(user: httpx2.Client) -> dict[str, Any]:
    """Return the account of *user*."""
    return user.get("/users/me").raise_for_status().json()


def moment(text: str) -> datetime:
    """Return the moment that an answer names."""
    assert text.endswith("Z")
    return datetime.fromisoformat(text)


def picture(content: bytes, name: str = "me.png") -> dict[str, tuple[str, bytes, str]]:
    """Return the file part of an upload; its name and type say nothing that is believed."""
    return {"picture": (name, content, "application/octet-stream")}


class TestSignUp:
    def test_answers_with_the_new_account(self, blog: Blog) -> None:
        form = sign_up_form(full_name="Annie Easley")

        response = blog.visitor.post("/users", json=form)

        account = response.json()
        assert response.status_code == 201
        assert (account["username"], account["email"]) == (form["username"], form["email"])
        assert (account["full_name"], account["bio"]) == ("Annie Easley", None)
        assert account["is_active"] is True
        assert abs(moment(account["created_at"]) - datetime.now(UTC)) < timedelta(minutes=1)

    def test_never_shows_the_password_or_its_hash(self, blog: Blog) -> None:
        response = blog.visitor.post("/users", json=sign_up_form())

        assert "password" not in response.text
        assert PASSWORD not in response.text

    def test_makes_a_user_who_can_log_in(self, blog: Blog) -> None:
        form = sign_up_form(password="Another-Staple-9")
        blog.visitor.post("/users", json=form)

        response = log_in(blog.visitor, form["username"], "Another-Staple-9")

        assert response.status_code == 200

    @pytest.mark.parametrize("field", ["email", "username"])
    def test_refuses_what_another_account_has(self, blog: Blog, field: str) -> None:
        first = sign_up_form()
        blog.visitor.post("/users", json=first)

        response = blog.visitor.post("/users", json=sign_up_form(**{field: first[field]}))

        assert details_of(response, 409) == [("body", field, "ALREADY_EXISTS")]

    def test_leaves_nothing_of_a_refused_account(self, blog: Blog) -> None:
        taken = me(blog.user("ada"))["email"]
        form = sign_up_form(email=taken)

        blog.visitor.post("/users", json=form)

        assert log_in(blog.visitor, form["username"]).status_code == 400

    @pytest.mark.parametrize(
        ("fields", "fault"),
        [
            pytest.param({"username": "ab"}, ("username", "STRING_TOO_SHORT"), id="short-name"),
            pytest.param({"username": "a" * 51}, ("username", "STRING_TOO_LONG"), id="long-name"),
            pytest.param(
                {"username": "a b c"}, ("username", "STRING_PATTERN_MISMATCH"), id="space-in-name"
            ),
            pytest.param(
                {"username": "zoë"}, ("username", "STRING_PATTERN_MISMATCH"), id="accent-in-name"
            ),
            pytest.param({"username": 12345}, ("username", "STRING_TYPE"), id="number-as-name"),
            pytest.param({"email": "nobody"}, ("email", "INVALID_EMAIL"), id="no-address"),
            pytest.param({"email": "a@b"}, ("email", "INVALID_EMAIL"), id="no-domain"),
            pytest.param({"email": None}, ("email", "STRING_TYPE"), id="null-address"),
            pytest.param({"full_name": "n" * 101}, ("full_name", "STRING_TOO_LONG"), id="long"),
        ],
    )
    def test_refuses_a_field_and_says_why(
        self, blog: Blog, fields: dict[str, Any], fault: tuple[str, str]
    ) -> None:
        response = blog.visitor.post("/users", json=sign_up_form(**fields))

        assert details_of(response) == [("body", *fault)]

    @pytest.mark.parametrize(
        ("password", "codes"),
        [
            pytest.param("correct-horse-7", {"PASSWORD_NO_UPPER"}, id="no-upper-case"),
            pytest.param("CORRECT-HORSE-7", {"PASSWORD_NO_LOWER"}, id="no-lower-case"),
            pytest.param("Correct-Horse", {"PASSWORD_NO_DIGIT"}, id="no-digit"),
            pytest.param("CorrectHorse7", {"PASSWORD_NO_SPECIAL"}, id="no-special"),
            pytest.param("correct", {"PASSWORD_TOO_SHORT"}, id="short"),
            pytest.param("Aa-7" * 33, {"PASSWORD_TOO_LONG"}, id="long"),
        ],
    )
    def test_tells_each_rule_that_a_password_breaks(
        self, blog: Blog, password: str, codes: set[str]
    ) -> None:
        response = blog.visitor.post("/users", json=sign_up_form(password=password))

        found = details_of(response)
        assert {field for _, field, _ in found} == {"password"}
        assert codes <= {code for _, _, code in found}

    def test_lists_every_missing_field(self, blog: Blog) -> None:
        response = blog.visitor.post("/users", json={})

        assert details_of(response) == [
            ("body", "username", "MISSING"),
            ("body", "email", "MISSING"),
            ("body", "password", "MISSING"),
        ]

    def test_does_not_repeat_a_refused_password(self, blog: Blog) -> None:
        response = blog.visitor.post("/users", json=sign_up_form(password="hunter2"))

        assert response.status_code == 422
        assert "hunter2" not in response.text


class TestLogIn:
    def test_answers_as_oauth2_wants_it(self, blog: Blog) -> None:
        response = log_in(blog.visitor, "ada")

        assert response.status_code == 200
        assert set(response.json()) == {"access_token", "token_type", "expires_in"}
        assert response.json()["token_type"] == "Bearer"
        assert response.json()["expires_in"] == 1800
        assert response.headers["cache-control"] == "no-store"

    def test_gives_a_token_that_proves_who_asks(self, blog: Blog) -> None:
        token = log_in(blog.visitor, "grace").json()["access_token"]

        response = blog.visitor.get("/users/me", headers={"Authorization": f"Bearer {token}"})

        assert response.json()["username"] == "grace"

    def test_does_not_tell_a_wrong_password_from_an_unknown_user(self, blog: Blog) -> None:
        wrong_password = log_in(blog.visitor, "ada", "Wrong-Horse-7")
        unknown_user = log_in(blog.visitor, "nobody")

        assert wrong_password.status_code == unknown_user.status_code == 400
        assert wrong_password.content == unknown_user.content
        assert wrong_password.json()["error"] == "invalid_grant"
        assert wrong_password.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("missing", ["grant_type", "username", "password"])
    def test_refuses_a_form_that_lacks_a_field(self, blog: Blog, missing: str) -> None:
        form = {"grant_type": "password", "username": "ada", "password": PASSWORD}
        del form[missing]

        response = blog.visitor.post("/token", data=form)

        assert response.status_code == 400
        assert response.json()["error"] == "invalid_request"
        assert missing in response.json()["error_description"]

    def test_refuses_a_grant_that_it_does_not_give(self, blog: Blog) -> None:
        form = {"grant_type": "client_credentials", "username": "ada", "password": PASSWORD}

        response = blog.visitor.post("/token", data=form)

        assert response.status_code == 400
        assert response.json()["error"] == "unsupported_grant_type"

    def test_refuses_a_body_that_is_no_form(self, blog: Blog) -> None:
        form = {"grant_type": "password", "username": "ada", "password": PASSWORD}

        response = blog.visitor.post("/token", json=form)

        assert response.status_code == 400
        assert response.json()["error"] == "invalid_request"


class TestTokens:
    @pytest.fixture
    def authenticator(self) -> JWTAuthenticator:
        """Issues what the blog would issue."""
        return JWTAuthenticator(SECRET_KEY, issuer="blog", audience="blog")

    def ask(self, blog: Blog, authorization: str) -> httpx2.Response:
        return blog.visitor.get("/users/me", headers={"Authorization": authorization})

    def test_are_needed_where_a_route_is_not_public(self, blog: Blog) -> None:
        response = blog.visitor.get("/users/me")

        problem_of(response, 401)
        assert response.headers["www-authenticate"].startswith("Bearer")

    def test_are_accepted_from_whoever_holds_the_key(
        self, blog: Blog, authenticator: JWTAuthenticator
    ) -> None:
        token = authenticator.create_access_token({"user_id": 1})

        assert self.ask(blog, f"Bearer {token}").json()["id"] == 1

    def test_are_refused_once_expired(self, blog: Blog, authenticator: JWTAuthenticator) -> None:
        token = authenticator.create_access_token(
            {"user_id": 1}, expires_delta=timedelta(minutes=-10)
        )

        response = self.ask(blog, f"Bearer {token}")

        problem_of(response, 401)
        assert 'error="invalid_token"' in response.headers["www-authenticate"]

    def test_are_refused_when_altered(self, blog: Blog, authenticator: JWTAuthenticator) -> None:
        header, payload, signature = authenticator.create_access_token({"user_id": 1}).split(".")
        altered = f"{header}.{payload}.{signature[::-1]}"

        problem_of(self.ask(blog, f"Bearer {altered}"), 401)

    @pytest.mark.parametrize(
        "claims",
        [
            pytest.param({"issuer": "blog", "audience": "shop"}, id="another-audience"),
            pytest.param({"issuer": "shop", "audience": "blog"}, id="another-issuer"),
        ],
    )
    def test_are_refused_when_made_for_something_else(
        self, blog: Blog, claims: dict[str, str]
    ) -> None:
        token = JWTAuthenticator(SECRET_KEY, **claims).create_access_token({"user_id": 1})

        problem_of(self.ask(blog, f"Bearer {token}"), 401)

    def test_are_refused_when_signed_by_another_key(self, blog: Blog) -> None:
        other = JWTAuthenticator(SECRET_KEY[::-1], issuer="blog", audience="blog")

        response = self.ask(blog, f"Bearer {other.create_access_token({'user_id': 1})}")

        problem_of(response, 401)

    @pytest.mark.parametrize("subject", [999_999, "ada"])
    def test_are_refused_when_they_name_nobody(
        self, blog: Blog, authenticator: JWTAuthenticator, subject: object
    ) -> None:
        token = authenticator.create_access_token({"user_id": subject})

        problem_of(self.ask(blog, f"Bearer {token}"), 401)

    @pytest.mark.parametrize(
        "authorization", ["Basic YWRhOnB3", "Bearer", "Bearer a.b.c", "bearer x y"]
    )
    def test_are_refused_in_any_other_form(self, blog: Blog, authorization: str) -> None:
        problem_of(self.ask(blog, authorization), 401)


class TestProfile:
    def test_shows_its_owner_the_address(self, blog: Blog) -> None:
        account = me(blog.user("ada"))

        assert account["email"] == "ada@example.com"

    def test_hides_the_address_from_everybody_else(self, blog: Blog) -> None:
        ada = me(blog.user("ada"))["id"]

        profile = blog.visitor.get(f"/users/{ada}").json()

        assert set(profile) == {"id", "username", "full_name", "bio"}

    def test_of_nobody_is_not_found(self, blog: Blog) -> None:
        problem_of(blog.visitor.get("/users/999999"), 404)

    def test_keeps_what_a_patch_leaves_out(self, blog: Blog) -> None:
        user = blog.newcomer(full_name="Katherine Johnson")

        response = user.patch("/users/me", json={"bio": "Counts."})

        assert response.status_code == 200
        assert response.json()["bio"] == "Counts."
        assert response.json()["full_name"] == "Katherine Johnson"
        assert me(user) == response.json()

    def test_loses_what_a_patch_sets_to_null(self, blog: Blog) -> None:
        user = blog.newcomer(full_name="Katherine Johnson")

        response = user.patch("/users/me", json={"full_name": None})

        assert response.json()["full_name"] is None
        assert me(user)["full_name"] is None

    def test_stays_as_it_is_under_an_empty_patch(self, blog: Blog) -> None:
        user = blog.newcomer(full_name="Katherine Johnson")
        before = me(user)

        response = user.patch("/users/me", json={})

        assert response.json() == before

    def test_cannot_lose_what_it_must_have(self, blog: Blog) -> None:
        user = blog.newcomer()

        response = user.patch("/users/me", json={"email": None})

        assert details_of(response) == [("body", "email", "STRING_TYPE")]

    def test_cannot_take_the_address_of_another(self, blog: Blog) -> None:
        user = blog.newcomer()

        response = user.patch("/users/me", json={"email": "ada@example.com"})

        assert details_of(response, 409) == [("body", "email", "ALREADY_EXISTS")]
        assert me(user)["email"] != "ada@example.com"

    def test_may_be_given_the_address_that_it_has(self, blog: Blog) -> None:
        user = blog.newcomer()

        response = user.patch("/users/me", json={"email": me(user)["email"]})

        assert response.status_code == 200

    def test_says_when_it_was_changed(self, blog: Blog) -> None:
        user = blog.newcomer()
        before = me(user)

        after = user.patch("/users/me", json={"bio": "New."}).json()

        assert moment(after["updated_at"]) > moment(before["updated_at"])
        assert after["created_at"] == before["created_at"]

    @pytest.mark.parametrize(
        ("patch", "fault"),
        [
            ({"bio": "b" * 501}, ("body", "bio", "STRING_TOO_LONG")),
            ({"email": "nobody"}, ("body", "email", "INVALID_EMAIL")),
        ],
    )
    def test_refuses_what_sign_up_would_refuse(
        self, blog: Blog, patch: dict[str, Any], fault: tuple[str, str, str]
    ) -> None:
        assert details_of(blog.user("ada").patch("/users/me", json=patch)) == [fault]

    def test_of_everybody_is_listed_by_name_and_without_addresses(self, blog: Blog) -> None:
        page = blog.user("ada").get("/users", params={"per_page": 100}).json()

        names = [user["username"] for user in page["items"]]
        assert names == sorted(names)
        assert {"ada", "barbara", "edsger", "grace"} <= set(names)
        assert all("email" not in user for user in page["items"])

    def test_of_everybody_is_shown_to_users_only(self, blog: Blog) -> None:
        problem_of(blog.visitor.get("/users"), 401)


class TestListOfPosts:
    @pytest.fixture
    def author(self, blog: Blog) -> Iterator[httpx2.Client]:
        """Someone with five posts, 'First' to 'Fifth'."""
        author = blog.newcomer()
        for number in ("First", "Second", "Third", "Fourth", "Fifth"):
            publish(author, title=f"{number} 100% of it_all")
        return author

    def titles(self, blog: Blog, **params: Any) -> list[str]:
        page = blog.visitor.get("/posts", params=params).json()
        return [post["title"].partition(" ")[0] for post in page["items"]]

    def test_begins_with_the_newest(self, blog: Blog, author: httpx2.Client) -> None:
        titles = self.titles(blog, author_id=me(author)["id"])

        assert titles == ["Fifth", "Fourth", "Third", "Second", "First"]

    def test_comes_in_pages_that_do_not_overlap(self, blog: Blog, author: httpx2.Client) -> None:
        by_author = {"author_id": me(author)["id"], "per_page": 2}

        assert self.titles(blog, page=1, **by_author) == ["Fifth", "Fourth"]
        assert self.titles(blog, page=2, **by_author) == ["Third", "Second"]
        assert self.titles(blog, page=3, **by_author) == ["First"]

    def test_says_where_a_page_stands(self, blog: Blog, author: httpx2.Client) -> None:
        params = {"author_id": me(author)["id"], "per_page": 2, "page": 2}

        page = blog.visitor.get("/posts", params=params).json()

        del page["items"]
        assert page == {
            "total": 5, "page": 2, "per_page": 2,
            "total_pages": 3, "has_next": True, "has_prev": True,
        }  # fmt: skip

    def test_has_an_empty_page_after_the_last(self, blog: Blog, author: httpx2.Client) -> None:
        params = {"author_id": me(author)["id"], "page": 2}

        page = blog.visitor.get("/posts", params=params).json()

        assert page["items"] == []
        assert page["total"] == 5
        assert page["has_next"] is False

    def test_has_a_page_as_far_as_can_be_asked_for(self, blog: Blog) -> None:
        page = blog.visitor.get("/posts", params={"page": 2**31 - 1, "per_page": 100}).json()

        assert page["items"] == []

    def test_can_be_searched_by_part_of_a_title(self, blog: Blog, author: httpx2.Client) -> None:
        assert self.titles(blog, author_id=me(author)["id"], search="FI") == ["Fifth", "First"]

    @pytest.mark.parametrize(("search", "count"), [("100% of", 5), ("1%f", 0), ("F_rst", 0)])
    def test_is_searched_for_the_text_itself(
        self, blog: Blog, author: httpx2.Client, search: str, count: int
    ) -> None:
        found = self.titles(blog, author_id=me(author)["id"], search=search)

        assert len(found) == count

    def test_of_an_author_who_does_not_exist_is_empty(self, blog: Blog) -> None:
        page = blog.visitor.get("/posts", params={"author_id": 999_999}).json()

        assert (page["items"], page["total"], page["total_pages"]) == ([], 0, 0)

    def test_refuses_a_search_that_is_too_long(self, blog: Blog) -> None:
        response = blog.visitor.get("/posts", params={"search": "s" * 101})

        assert details_of(response) == [("query", "search", "STRING_TOO_LONG")]


class TestPosts:
    def test_are_published_under_the_name_of_whoever_asks(self, blog: Blog) -> None:
        response = blog.user("grace").post("/posts", json={"title": "Bugs", "body": "A moth."})

        assert response.status_code == 201
        assert response.json()["author"]["username"] == "grace"
        assert (response.json()["title"], response.json()["body"]) == ("Bugs", "A moth.")

    def test_are_read_back_as_they_were_published(self, blog: Blog) -> None:
        published = publish(blog.user("ada"), title="Größe 🦋", body="Zeile\n\tüber\r\nZeile")

        response = blog.visitor.get(f"/posts/{published['id']}")

        assert response.status_code == 200
        assert response.json() == published
        assert published["title"] == "Größe 🦋"
        assert published["body"] == "Zeile\n\tüber\r\nZeile"

    def test_are_written_by_users_only(self, blog: Blog) -> None:
        response = blog.visitor.post("/posts", json={"title": "T", "body": "B"})

        problem_of(response, 401)

    @pytest.mark.parametrize(
        ("form", "fault"),
        [
            ({"title": "", "body": "B"}, ("title", "STRING_TOO_SHORT")),
            ({"title": "t" * 201, "body": "B"}, ("title", "STRING_TOO_LONG")),
            ({"title": "T", "body": ""}, ("body", "STRING_TOO_SHORT")),
            ({"title": "T", "body": "b" * 20_001}, ("body", "STRING_TOO_LONG")),
            ({"title": "T"}, ("body", "MISSING")),
            ({"title": ["T"], "body": "B"}, ("title", "STRING_TYPE")),
        ],
    )
    def test_keep_to_their_lengths(
        self, blog: Blog, form: dict[str, Any], fault: tuple[str, str]
    ) -> None:
        assert details_of(blog.user("ada").post("/posts", json=form)) == [("body", *fault)]

    def test_may_be_as_long_as_they_may(self, blog: Blog) -> None:
        published = publish(blog.user("ada"), title="é" * 200, body="é" * 20_000)

        assert len(blog.visitor.get(f"/posts/{published['id']}").json()["body"]) == 20_000

    def test_that_do_not_exist_are_not_found(self, blog: Blog) -> None:
        problem_of(blog.visitor.get("/posts/999999"), 404)

    def test_keep_what_a_change_leaves_out(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))

        response = blog.user("ada").patch(f"/posts/{post['id']}", json={"body": "Better."})

        assert response.status_code == 200
        assert (response.json()["title"], response.json()["body"]) == (post["title"], "Better.")
        assert blog.visitor.get(f"/posts/{post['id']}").json() == response.json()

    def test_say_when_they_were_changed(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))

        changed = blog.user("ada").patch(f"/posts/{post['id']}", json={"title": "New"}).json()

        assert moment(changed["updated_at"]) > moment(post["updated_at"])
        assert changed["created_at"] == post["created_at"]

    def test_cannot_lose_their_title(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))

        response = blog.user("ada").patch(f"/posts/{post['id']}", json={"title": None})

        assert details_of(response) == [("body", "title", "STRING_TYPE")]

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    def test_of_others_are_as_good_as_absent(self, blog: Blog, method: str) -> None:
        post = publish(blog.user("ada"))
        body = {"title": "Mine now"} if method == "PATCH" else None

        theirs = blog.user("grace").request(method, f"/posts/{post['id']}", json=body)
        absent = blog.user("grace").request(method, "/posts/999999", json=body)

        assert problem_of(theirs, 404)["detail"] == problem_of(absent, 404)["detail"]
        assert blog.visitor.get(f"/posts/{post['id']}").json() == post

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    def test_are_changed_by_users_only(self, blog: Blog, method: str) -> None:
        post = publish(blog.user("ada"))

        problem_of(blog.visitor.request(method, f"/posts/{post['id']}", json={}), 401)

    def test_are_gone_once_deleted(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))

        response = blog.user("ada").delete(f"/posts/{post['id']}")

        assert (response.status_code, response.content) == (204, b"")
        problem_of(blog.visitor.get(f"/posts/{post['id']}"), 404)
        problem_of(blog.user("ada").delete(f"/posts/{post['id']}"), 404)

    def test_take_their_comments_along(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))
        comment = remark(blog.user("grace"), post)

        response = blog.user("ada").delete(f"/posts/{post['id']}")

        assert response.status_code == 204
        problem_of(blog.visitor.get(f"/posts/{post['id']}/comments"), 404)
        problem_of(blog.user("grace").delete(f"/comments/{comment['id']}"), 404)


class TestComments:
    def test_are_listed_from_the_oldest(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))
        for text in ("One", "Two", "Three"):
            remark(blog.user("grace"), post, text)

        page = blog.visitor.get(f"/posts/{post['id']}/comments").json()

        assert [comment["text"] for comment in page["items"]] == ["One", "Two", "Three"]
        assert page["total"] == 3

    def test_come_in_pages(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))
        for text in ("One", "Two", "Three"):
            remark(blog.user("grace"), post, text)

        params = {"page": 2, "per_page": 2}
        page = blog.visitor.get(f"/posts/{post['id']}/comments", params=params).json()

        assert [comment["text"] for comment in page["items"]] == ["Three"]
        assert (page["has_prev"], page["has_next"]) == (True, False)

    def test_name_their_author_and_their_post(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))

        comment = remark(blog.user("grace"), post)

        assert comment["author"]["username"] == "grace"
        assert comment["post_id"] == post["id"]

    def test_need_a_post(self, blog: Blog) -> None:
        response = blog.user("ada").post("/posts/999999/comments", json={"text": "Hello?"})

        problem_of(response, 404)
        problem_of(blog.visitor.get("/posts/999999/comments"), 404)

    def test_are_written_by_users_only(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))

        problem_of(blog.visitor.post(f"/posts/{post['id']}/comments", json={"text": "Hi"}), 401)

    @pytest.mark.parametrize(
        ("text", "code"), [("", "STRING_TOO_SHORT"), ("t" * 2001, "STRING_TOO_LONG")]
    )
    def test_keep_to_their_length(self, blog: Blog, text: str, code: str) -> None:
        post = publish(blog.user("ada"))

        response = blog.user("ada").post(f"/posts/{post['id']}/comments", json={"text": text})

        assert details_of(response) == [("body", "text", code)]

    def test_are_replaced_by_their_author(self, blog: Blog) -> None:
        comment = remark(blog.user("grace"), publish(blog.user("ada")))

        response = blog.user("grace").put(f"/comments/{comment['id']}", json={"text": "Rather"})

        assert response.status_code == 200
        assert response.json() == comment | {"text": "Rather"}

    def test_are_deleted_by_their_author(self, blog: Blog) -> None:
        post = publish(blog.user("ada"))
        comment = remark(blog.user("grace"), post)

        response = blog.user("grace").delete(f"/comments/{comment['id']}")

        assert response.status_code == 204
        assert blog.visitor.get(f"/posts/{post['id']}/comments").json()["total"] == 0

    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_of_others_are_as_good_as_absent(self, blog: Blog, method: str) -> None:
        post = publish(blog.user("ada"))
        comment = remark(blog.user("grace"), post, "Mine")
        body = {"text": "Yours"} if method == "PUT" else None

        response = blog.user("ada").request(method, f"/comments/{comment['id']}", json=body)

        problem_of(response, 404)
        (left,) = blog.visitor.get(f"/posts/{post['id']}/comments").json()["items"]
        assert left["text"] == "Mine"


class TestAvatar:
    def avatar_of(self, blog: Blog, user: httpx2.Client) -> httpx2.Response:
        return blog.visitor.get(f"/users/{me(user)['id']}/avatar")

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            pytest.param(PNG, "image/png", id="png"),
            pytest.param(b"\xff\xd8\xff\xe0" + bytes(64), "image/jpeg", id="jpeg"),
            pytest.param(b"GIF89a" + bytes(64), "image/gif", id="gif"),
        ],
    )
    def test_comes_back_as_it_was_sent(self, blog: Blog, content: bytes, media_type: str) -> None:
        user = blog.newcomer()

        response = user.put("/users/me/avatar", files=picture(content))

        shown = self.avatar_of(blog, user)
        assert (response.status_code, response.content) == (204, b"")
        assert shown.status_code == 200
        assert shown.content == content
        assert shown.headers["content-type"] == media_type
        assert shown.headers["x-content-type-options"] == "nosniff"

    def test_replaces_the_one_before(self, blog: Blog) -> None:
        user = blog.newcomer()
        user.put("/users/me/avatar", files=picture(PNG))

        response = user.put("/users/me/avatar", files=picture(b"GIF89a" + bytes(9)))

        assert response.status_code == 204
        assert self.avatar_of(blog, user).content == b"GIF89a" + bytes(9)

    @pytest.mark.parametrize("content", [b"", b"<svg/>", b"MZ" + bytes(9), b"\x89PN"])
    def test_must_be_a_picture_whatever_its_name(self, blog: Blog, content: bytes) -> None:
        user = blog.newcomer()

        response = user.put("/users/me/avatar", files=picture(content, "me.png"))

        problem_of(response, 400)
        problem_of(self.avatar_of(blog, user), 404)

    def test_may_be_as_large_as_a_mebibyte(self, blog: Blog) -> None:
        user = blog.newcomer()
        content = PNG.ljust(MEBIBYTE, b"\0")

        response = user.put("/users/me/avatar", files=picture(content))

        assert response.status_code == 204
        assert self.avatar_of(blog, user).content == content

    def test_may_not_be_a_byte_larger(self, blog: Blog) -> None:
        content = PNG.ljust(MEBIBYTE + 1, b"\0")

        response = blog.user("ada").put("/users/me/avatar", files=picture(content))

        problem_of(response, 400)

    def test_is_one_file_part_called_picture(self, blog: Blog) -> None:
        response = blog.user("ada").put("/users/me/avatar", files={"photo": ("a.png", PNG)})

        assert ("form", "picture", "MISSING") in details_of(response)

    def test_is_needed_as_multipart(self, blog: Blog) -> None:
        problem_of(blog.user("ada").put("/users/me/avatar", json={"picture": "PNG"}), 415)

    def test_is_changed_by_its_owner_only(self, blog: Blog) -> None:
        problem_of(blog.visitor.put("/users/me/avatar", files=picture(PNG)), 401)

    def test_of_someone_without_one_is_not_found(self, blog: Blog) -> None:
        problem_of(self.avatar_of(blog, blog.newcomer()), 404)


class TestSeed:
    def test_brings_people_posts_and_comments(self, blog: Blog) -> None:
        ada = me(blog.user("ada"))["id"]

        posts = blog.visitor.get("/posts", params={"search": ", again", "per_page": 100}).json()

        assert posts["total"] >= 30
        by_ada = blog.visitor.get("/posts", params={"author_id": ada, "per_page": 100}).json()
        assert any("This is note number" in post["body"] for post in by_ada["items"])
        with_comments = posts["items"][0]["id"]
        page = blog.visitor.get(f"/posts/{with_comments}/comments").json()
        assert page["total"] >= 1

    @pytest.mark.parametrize("name", ["ada", "grace", "edsger", "barbara"])
    def test_lets_everybody_of_it_log_in(self, blog: Blog, name: str) -> None:
        assert log_in(blog.visitor, name).status_code == 200


class TestProtocol:
    def test_head_is_answered_as_get_without_the_body(self, blog: Blog) -> None:
        params = {"per_page": 1, "page": 30}
        get = blog.visitor.get("/posts", params=params)

        head = blog.visitor.head("/posts", params=params)

        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]
        assert head.headers["content-type"] == get.headers["content-type"]

    def test_options_names_what_is_allowed(self, blog: Blog) -> None:
        response = blog.visitor.options("/posts/1")

        allowed = set(response.headers["allow"].split(", "))
        assert response.status_code == 204
        assert allowed == {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH"}

    def test_another_method_is_refused_with_what_is_allowed(self, blog: Blog) -> None:
        response = blog.visitor.put("/posts/1", json={})

        problem_of(response, 405)
        assert set(response.headers["allow"].split(", ")) == {
            "DELETE", "GET", "HEAD", "OPTIONS", "PATCH",
        }  # fmt: skip

    @pytest.mark.parametrize(
        "path", ["/nothing", "/posts/1/nothing", "/users/{user_id}", "/%2e%2e/etc", "//posts"]
    )
    def test_an_unknown_path_is_not_found(self, blog: Blog, path: str) -> None:
        response = blog.visitor.get(path)

        assert response.status_code in {404, 422}
        problem_of(response, response.status_code)

    def test_a_trailing_slash_leads_to_the_path_without_it(self, blog: Blog) -> None:
        response = blog.visitor.post("/posts/?x=1", json={}, follow_redirects=False)

        assert response.status_code == 308
        assert response.headers["location"] == "/posts?x=1"

    def test_a_well_formed_request_id_is_taken(self, blog: Blog) -> None:
        response = blog.visitor.get("/posts/999999", headers={"X-Request-ID": "trace-42.a_b~c"})

        assert problem_of(response, 404)["request_id"] == "trace-42.a_b~c"

    @pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "<script>", "a;b"])
    def test_any_other_request_id_is_replaced(self, blog: Blog, sent: str) -> None:
        response = blog.visitor.get("/posts/1", headers={"X-Request-ID": sent})

        assert response.headers["x-request-id"] not in {"", sent}

    def test_every_answer_has_a_request_id_of_its_own(self, blog: Blog) -> None:
        answers = [blog.visitor.get("/posts", params={"per_page": 1}) for _ in range(5)]

        assert len({answer.headers["x-request-id"] for answer in answers}) == 5
