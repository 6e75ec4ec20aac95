"""One notification as a mail: text and HTML, and headers that mail programs act on."""

import json
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

from statuspage_server.core.moments import Moment, as_datetime
from statuspage_server.outbox.payload import unsubscribe_link
from statuspage_server.outbox.queue import Delivery
from statuspage_server.outbox.text import farewell, plain, text_of

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
LONGEST_SUBJECT = 200


def mail_for(delivery: Delivery, public_url: str, sender: str, now: Moment) -> EmailMessage:
    text = text_of(delivery, public_url)
    links = farewell(delivery, public_url)
    footer = delivery.page_settings.get("notifications_email_footer") if links else None
    mail = EmailMessage()
    mail["From"] = _address(sender, delivery.page_name)
    mail["To"] = Address(addr_spec=delivery.email or "")
    mail["Subject"] = " ".join(text.title.split())[:LONGEST_SUBJECT]
    mail["Date"] = format_datetime(as_datetime(now))
    _identify(mail, delivery, text.thread, public_url)
    # No answer from a holiday is wanted (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    reply_to = delivery.page_settings.get("notifications_from_email")
    if reply_to and "@" in reply_to and reply_to.isascii() and reply_to.isprintable():
        mail["Reply-To"] = reply_to
    if links:
        # Both together make the mail program's own button work without a page (RFC 8058).
        mail["List-Unsubscribe"] = f"<{unsubscribe_link(public_url, delivery.secret)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    ending = "\n".join(
        part for part in (footer, *(f"{link.words}: {link.address}" for link in links)) if part
    )
    mail.set_content("\n\n-- \n".join(part for part in (plain(text), ending) if part) + "\n")
    page = _templates.get_template("mail.html")
    mail.add_alternative(page.render(text=text, footer=footer, links=links), subtype="html")
    return mail


def _address(sender: str, page_name: str) -> Address:
    """The setting may name the sender; otherwise it is the page."""
    name, address = parseaddr(sender)
    return Address(" ".join((name or page_name).split()), addr_spec=address)


def _identify(mail: EmailMessage, delivery: Delivery, thread: str | None, public_url: str) -> None:
    """A mail that is sent again after a crash has the same id, so that programs show it once.

    It comes from what is told: SQLite gives the number of a row that is gone to the next one.
    """
    host = urlsplit(public_url).hostname or "localhost"
    told = _digest(json.dumps(delivery.payload, sort_keys=True))
    mail["Message-ID"] = f"<{told}.{delivery.subscriber_id}@{host}>"
    mail["List-Id"] = f"<{delivery.page_id}.{host}>"
    if thread is not None:
        mail["References"] = f"<{_digest(thread)}.{delivery.page_id}@{host}>"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]
