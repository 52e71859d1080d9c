"""schema.org data as JSON-LD, for search engines."""

from typing import Any

from django.urls import reverse

from models_catalog.catalog.entry_page import EntryPage
from models_catalog.models import Release, Sector
from models_catalog.models.ranges import days_of
from models_catalog.pages.frame import Frame, without_language

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGES = ["zh-Hans", "en"]


def dataset(frame: Frame) -> dict[str, Any]:
    """The registry as a schema.org Dataset with its files."""
    files = [("models.csv", "text/csv"), ("models.json", "application/json")]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": frame.absolute("/#dataset"),
        "name": "Baimo 百模图鉴",
        "alternateName": "百模图鉴",
        "description": "An evidence-backed registry of Chinese large AI models: developers, size, dates, openness and "
        "industries, each value with the words that state it, the reason why it is inferred, or the mark of the curators who added it.",
        "url": frame.absolute("/"),
        "license": LICENCE,
        "inLanguage": LANGUAGES,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Baimo", "url": frame.absolute("/")},
        "spatialCoverage": {"@type": "Place", "name": "China"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": frame.absolute(f"/{name}"), "encodingFormat": media}
            for name, media in files
        ],
    }


def release_data(release: Release, frame: Frame) -> dict[str, Any]:
    """A release as a Dataset of its own: frozen, with the checksum of its file."""
    address = frame.absolute(without_language(release.get_absolute_url()))
    file = reverse("release_file", args=[release.number, release.name])
    download = {
        "@type": "DataDownload",
        "contentUrl": frame.absolute(without_language(file)),
        "encodingFormat": "application/zip",
        "contentSize": f"{release.size} B",
        "sha256": release.sha256,
    }
    return {
        **dataset(frame),
        "@id": address,
        "name": f"Baimo 百模图鉴, release {release.number}",
        "url": address,
        "version": str(release.number),
        "datePublished": release.day.isoformat(),
        "isPartOf": {"@id": frame.absolute("/#dataset")},
        "distribution": [download],
    }


def term_data(row: Sector, frame: Frame) -> dict[str, Any]:
    """A target industry as a schema.org DefinedTerm."""
    words = {
        "@id": frame.absolute("/sectors/#terms"),
        "@type": "DefinedTermSet",
        "name": "Baimo 百模图鉴: target industries",
        "url": frame.absolute("/sectors/"),
    }
    names = {"name": row.label, "alternateName": row.name_zh if row.label != row.name_zh else row.name_en}
    told = {"termCode": row.slug, **names, "url": frame.neutral, "inDefinedTermSet": words}
    return {"@context": "https://schema.org", "@type": "DefinedTerm", **told}


def entry_data(page: EntryPage, frame: Frame) -> dict[str, Any]:
    """An entry as a schema.org SoftwareApplication; values that are not stated are left out."""
    entry = page.entry
    data = {
        "@context": "https://schema.org",
        "@type": "SoftwareApplication",
        "name": entry.label,
        "alternateName": [name for name in (page.other_name, *entry.aliases) if name],
        "url": frame.neutral,
        "applicationCategory": "Large AI model",
        "creator": [{"@type": "Organization", "name": developer.label} for developer in page.developers],
        "datePublished": iso_of(entry.released),
        "isPartOf": {"@id": frame.absolute("/#dataset")},
        "subjectOf": [
            {"@type": "Article", "name": source.name_zh, "publisher": source.publisher_zh}
            for source, _count in page.sources
        ],
    }
    return {key: value for key, value in data.items() if value}


def iso_of(released: Any) -> str:
    """A day, month or year in ISO 8601; "" for None and other periods."""
    if not released:
        return ""
    days = days_of(released)
    first, last = days.first.isoformat(), days.last.isoformat()
    if first == last:
        return first
    if first[:7] == last[:7]:
        return first[:7]
    return first[:4] if first[:4] == last[:4] else ""
