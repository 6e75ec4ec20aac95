"""From a webhook of PagerDuty to the incident on the page."""
