"""The languages that visitors read: texts from catalogs, dates and numbers as each writes them."""

from statuspage_server.languages.language import LANGUAGES, Language, language_of
from statuspage_server.languages.wish import wished

__all__ = ["LANGUAGES", "Language", "language_of", "wished"]
