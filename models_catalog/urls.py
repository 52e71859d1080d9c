"""The catalog's addresses."""

from django.urls import URLPattern, URLResolver, path

from models_catalog.views import (
    about,
    catalog,
    charts,
    compare,
    compare_files,
    entries,
    exports,
    home,
    market,
    robots,
    sources,
    vocabularies,
)
from models_catalog.views.api import routes as api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("models/", catalog.models, name="models"),
    path("models/suggest/", catalog.suggest, name="suggest"),
    path("models/suggest.json", catalog.suggest_json, name="suggest_json"),
    path("models/<slug:slug>/", entries.detail, name="entry"),
    path("developers/", vocabularies.developers, name="developers"),
    path("developers/<slug:slug>/", vocabularies.developer, name="developer"),
    path("sectors/", vocabularies.sectors, name="sectors"),
    path("sectors/<slug:slug>/", vocabularies.sector, name="sector"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("market/", market.market, name="market"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap-pages.xml", robots.sitemap_pages, name="sitemap_pages"),
    path("sitemap-models-<int:number>.xml", robots.sitemap_entries, name="sitemap_entries"),
    path("about/", about.about, name="about"),
    path("compare/", compare.compare, name="compare"),
    path("compare/suggest/", compare.suggest, name="compare_suggest"),
    path("compare.csv", compare_files.compare_csv, name="compare_csv"),
    path("compare.json", compare_files.compare_json, name="compare_json"),
    path("charts/", charts.charts, name="charts"),
    path("charts/<slug:name>/", charts.chart, name="chart"),
    path("charts/<slug:name>.json", charts.chart_json, name="chart_json"),
    path("charts/<slug:name>.csv", charts.chart_csv, name="chart_csv"),
    path("charts/<slug:name>.svg", charts.chart_svg, name="chart_svg"),
    path("charts/<slug:name>.png", charts.chart_png, name="chart_png"),
    path("models.csv", exports.models_csv, name="models_csv"),
    path("models.json", exports.models_json, name="models_json"),
    path("models.xlsx", exports.models_xlsx, name="models_xlsx"),
    *api.urlpatterns,
]
