"""From a file to settings, or to faults that say file, line and what to write instead."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from statuspage_server.config.document import Document, parse_document
from statuspage_server.config.faults import describe_fault
from statuspage_server.config.model import Config
from statuspage_server.errors import ConfigError, Fault


@dataclass(frozen=True)
class Source:
    """The file's bytes, not yet checked."""

    path: Path
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def config(self) -> Config:
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content[: error.start].count(b"\n") + 1
            sentence = "a character here is not UTF-8. Save the file as UTF-8."
            raise ConfigError([Fault(str(self.path), line, sentence)]) from error
        return load_config(text, str(self.path))


@dataclass(frozen=True)
class ReadConfig:
    config: Config
    digest: str


def read_source(path: Path) -> Source:
    try:
        return Source(path, path.read_bytes())
    except FileNotFoundError as error:
        sentence = "there is no such file. Give the path of your config.yml."
        raise ConfigError([Fault(str(path), 1, sentence)]) from error
    except OSError as error:
        sentence = f"it cannot be read ({error.strerror}). Check the path and its permissions."
        raise ConfigError([Fault(str(path), 1, sentence)]) from error


def read_config(path: Path) -> ReadConfig:
    source = read_source(path)
    return ReadConfig(source.config(), source.digest)


def load_config(text: str, file: str = "config.yml") -> Config:
    document = parse_document(text, file)
    if not isinstance(document.value, dict):
        sentence = "it has no settings. Begin with `statuspage:` and indent what belongs to it."
        raise ConfigError([Fault(file, 1, sentence)])
    try:
        config = Config.model_validate(document.value)
    except ValidationError as error:
        faults = [describe_fault(detail, document) for detail in error.errors()]
        raise ConfigError(sorted(faults, key=lambda fault: fault.line)) from error
    _check_pages(config, document)
    _check_mail(config, document)
    _check_ping_ids(config, document)
    return config


def _check_pages(config: Config, document: Document) -> None:
    """What no single field can know: page names and ids are unique, names fit into an address."""
    faults: list[Fault] = []
    owners: dict[tuple[str, str], str] = {}
    for name, page in config.all_pages().items():
        path = ("pages", name) if name else ("statuspage",)
        for key in ("id", "path", "domain"):
            value = getattr(page, key)
            if value is not None and owners.setdefault((key, value), name) != name:
                sentence = f"the {key} {value} belongs to another page already. Write another one."
                faults.append(Fault(document.file, document.line_of((*path, key)), sentence))
    if faults:
        raise ConfigError(faults)


def _check_mail(config: Config, document: Document) -> None:
    """Links in mails need an address of the server, and mails need a server to go through."""
    if config.server.mail is not None and config.server.public_url is None:
        sentence = (
            "`server.public_url` is missing, and mails have links to the page. "
            "Write for example: public_url: https://status.example.com"
        )
        raise ConfigError([Fault(document.file, document.line_of(("server", "mail")), sentence)])
    for name, page in config.all_pages().items():
        path = ("pages", name) if name else ("statuspage",)
        if config.server.mail is None and any("://" not in address for address in page.alerts):
            sentence = (
                "`alerts` has a mail address, and `server.mail` is missing. Write for example: "
                "mail: {host: smtp.example.com, sender: status@example.com}"
            )
            raise ConfigError([Fault(document.file, document.line_of((*path, "alerts")), sentence)])


def _check_ping_ids(config: Config, document: Document) -> None:
    """One address is one item's, in however many groups of its page that stands."""
    owners: dict[str, tuple[str, str]] = {}
    for name, page in config.all_pages().items():
        for group, items in page.groups.items():
            for number, item in enumerate(items):
                owner = (name, item.id)
                if item.ping_id and owners.setdefault(item.ping_id, owner) != owner:
                    top = ("pages", name) if name else ("statuspage",)
                    line = document.line_of((*top, "groups", group, number, "ping_id"))
                    sentence = "this ping_id belongs to another item already. Write another one."
                    raise ConfigError([Fault(document.file, line, sentence)])
