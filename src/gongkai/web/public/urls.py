"""The addresses of the public site, below the mount; pages come last, by their own paths."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from . import feeds, searching, sitemap, views
from .figures import comparing
from .open_data import views as open_data
from .open_data.reports import views as report_data

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("assets/<str:name>", views.asset, name="asset"),
    path("files/<int:number>/<str:name>", views.published_file, name="file"),
    re_path(r"^search/(?P<form>feed|atom)\.xml$", feeds.search_feed, name="search_feed"),
    re_path(r"^(?P<path>(?:.*/)?(?:feed|atom)\.xml)$", feeds.feed, name="feed"),
    re_path(r"^(?P<path>sitemap(?:-.*)?\.xml)$", sitemap.sitemap, name="sitemap"),
    path("api/v1/openapi.json", open_data.description, name="openapi"),
    path("api/v1/items/<int:number>.json", open_data.item, name="open_item"),
    re_path(r"^api/v1/(?P<name>[a-z]+)\.(?P<form>json|csv)$", open_data.listing, name="open_list"),
    re_path(
        r"^api/v1/agencies/(?P<slug>[^/]+)/(?P<table>figures|reports)\.(?P<form>[a-z]+)$",
        report_data.of_agency,
        name="open_of_agency",
    ),
    path("api/<path:rest>", open_data.nothing, name="open_nothing"),
    re_path(r"^open-data/annual-reports/(?P<rest>.*)$", report_data.file, name="open_reports"),
    path("open-data.html", open_data.about, name="open_data"),
    path("search", searching.search, name="search"),
    path("search/compare", comparing.compared, name="compare"),
    path("", views.page, name="home"),
    # Every page, by ``routes.render``; what stands above comes first.
    path("<path:path>", views.page, name="page"),
]
