"""Names and texts of generated pages."""

SERVICES = (
    "Website", "Checkout", "Search", "Sign-in", "Accounts", "Billing", "Invoices", "Payments",
    "Public API", "Webhooks", "E-mail delivery", "Text messages", "Push notifications", "Uploads",
    "Downloads", "Image processing", "Video streaming", "Reports", "Exports", "Imports", "Backups",
    "Dashboard", "Admin console", "Mobile app", "DNS", "Content delivery", "Object storage",
    "Database", "Cache", "Message queue", "Job runner", "Scheduler", "Audit log", "Chat",
    "Help centre", "Documentation", "Partner portal", "Translations", "Maps", "Recommendations",
)  # fmt: skip

PLACES = (
    "Frankfurt", "Dublin", "Stockholm", "Madrid", "Warsaw", "Virginia", "Oregon", "Montreal",
    "Santiago", "Singapore", "Tokyo", "Seoul", "Mumbai", "Sydney", "Johannesburg", "Nairobi",
)  # fmt: skip

FAULTS = (
    "Slow responses", "Errors for some customers", "Connections time out", "Delayed processing",
    "Failing requests", "Missing data in lists", "Unavailable",
)  # fmt: skip

PLANS = ("Database upgrade", "Network work", "Certificate change", "Moving to new machines")

BODIES = {
    "investigating": ("We see errors and are looking for the cause.", "We are looking into this."),
    "identified": ("We found the cause and are working on it.", "A fix is being rolled out."),
    "monitoring": (
        "The fix is in place and we are watching.",
        "It looks better; we keep an eye on it.",
    ),
    "resolved": ("This is over. We are sorry for the trouble.", "Everything works again."),
    "scheduled": ("We plan some work in this window.",),
    "in_progress": ("The work has begun.",),
    "completed": ("The work is done.", "Done, a little earlier than planned."),
}

DESCRIPTIONS = (
    "Used by customers and by our own staff.",
    'In <b>every</b> region & zone, "always"',
    "Größe, 名前, \N{PARTY POPPER}\nand a second line",
)
