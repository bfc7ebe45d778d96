"""Of which chronology an output is, who answers for it and how it may be reused."""

from events.models import Chronology


def terms_of(chronology: Chronology) -> dict[str, str]:
    """Members of a JSON document, those left out of which nothing is said."""
    told = {
        "site": chronology.name,
        "site_description": chronology.description,
        "contact": chronology.contact_name,
        "contact_address": chronology.contact_address,
        "licence": chronology.licence,
        "licence_url": chronology.terms.url,
    }
    return {name: value for name, value in told.items() if value}
