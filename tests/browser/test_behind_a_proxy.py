"""Behind a proxy that encrypts, as docs/how-to/behind-a-proxy.md sets it up: the real command, real requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.browser.live import served

NAME = "knee.example.org"
FROM_THE_PROXY = {"Host": NAME, "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KNEEWISE_OTHER_HOSTS", NAME)
        with served(tmp_path_factory.mktemp("behind")) as at:
            yield at


def _token(page: httpx.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_a_form_over_https_is_taken_and_no_cookie_goes_back_over_http(behind: str) -> None:
    with httpx.Client(base_url=behind, headers=FROM_THE_PROXY) as visitor:
        first = visitor.get("/")
        cookies = first.headers.get_list("set-cookie")
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        form = {"door": "hurts", "csrfmiddlewaretoken": _token(first)}
        cookie = "; ".join(one.split(";")[0] for one in cookies)
        own = {"Origin": f"https://{NAME}", "Referer": f"https://{NAME}/", "Cookie": cookie}
        taken = visitor.post("/", data=form, headers=own)
        assert taken.status_code == 302
        assert taken.headers["Location"] == "/who/"
        foreign = visitor.post("/", data=form, headers=own | {"Origin": "https://elsewhere.example"})
        assert foreign.status_code == 403


def test_a_name_that_was_not_given_is_refused(behind: str) -> None:
    assert httpx.get(behind, headers={"Host": "other.example.org"}).status_code == 400


def test_visitors_are_shown_only_the_people_of_their_own_browser(behind: str) -> None:
    page = httpx.get(f"{behind}/people/", headers=FROM_THE_PROXY)
    assert "You see only the people who were chosen in this browser" in page.text
