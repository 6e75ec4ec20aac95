"""The ids of the page that the tests write to."""

PAGE = "a0page000001"
API, SEARCH, CART = "a0comp000001", "a0comp000002", "a0comp000003"
SHOP = "a0group00001"
