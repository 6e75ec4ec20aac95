"""The kinds of columns that tables are made of."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
)

from statuspage_server.storage.schema.documents import document_type

metadata = MetaData()

# SQLite counts rows by itself only in a column that is called INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


def id_column(name: str = "id") -> Column[str]:
    return Column(name, String(12), primary_key=True)


def moment(name: str, *, required: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=not required)


def parent(name: str, target: str) -> Column[str]:
    return Column(name, String(12), ForeignKey(target, ondelete="CASCADE"), nullable=False)


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def text(name: str, *, required: bool = False) -> Column[str]:
    return Column(name, Text, nullable=not required)


def document(name: str) -> Column[Any]:
    return Column(name, document_type(), nullable=False, default=dict)


def order() -> Column[int]:
    return Column("position", Integer, nullable=False, default=1)
