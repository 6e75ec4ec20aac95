"""A link that leads through the repository leads to the same on the site."""

import pytest

from site_builder.links import for_the_site, linked

INSTALL = "how-to/install.md"  # integrations/statuspage/docs/install.md in the repository


def is_file(path: str) -> bool:
    return path in {"integrations/statuspage/.env.example", "server/docs/page.png"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[them](settings.md)", "[them](../reference/settings.md)"),
        ("[it](quota.md#the-keys-quota)", "[it](../explanation/quota.md#the-keys-quota)"),
        ("[`README`](../README.md)", "[`README`](../parts/integration.md)"),
        ("[its folder](../../../server)", "[its folder](../parts/server.md)"),
        ("[all](../../../docs/pages/tutorial.md)", "[all](../tutorial.md)"),
        ("[`.env`](../.env.example)", "[`.env`](../files/integrations/statuspage/env.example)"),
        ("![page](../../../server/docs/page.png)", "![page](../files/server/docs/page.png)"),
    ],
)
def test_a_link_leads_to_the_page_or_to_a_copy_of_the_file(written: str, shown: str) -> None:
    assert for_the_site(written, INSTALL, is_file) == shown


def test_a_folder_that_is_no_page_is_a_name_without_a_link() -> None:
    assert for_the_site("in [`resources`](../.port/resources).", INSTALL, is_file) == (
        "in `resources`."
    )


@pytest.mark.parametrize(
    "text",
    [
        "[an address](https://port.io/x.md)",
        "[a heading](#settings)",
        "```sh\necho '[no link](settings.md)'\n```",
    ],
)
def test_what_leads_nowhere_in_the_repository_stays_as_it_is(text: str) -> None:
    assert for_the_site(text, INSTALL, is_file) == text


def test_what_a_document_links_to_is_named_from_the_root() -> None:
    text = "[a](../.env.example) and [b](../../../LICENSE#top), ![c](page.png)"

    assert list(linked(text, "integrations/statuspage/docs/install.md")) == [
        "integrations/statuspage/.env.example",
        "LICENSE",
        "integrations/statuspage/docs/page.png",
    ]
