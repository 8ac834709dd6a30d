"""The addresses of the public site, below the mount; pages come last, by their own paths."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from . import feeds, searching, sitemap, views

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("assets/<str:name>", views.asset, name="asset"),
    path("files/<int:number>/<str:name>", views.published_file, name="file"),
    re_path(r"^search/(?P<form>feed|atom)\.xml$", feeds.search_feed, name="search_feed"),
    re_path(r"^(?P<path>(?:.*/)?(?:feed|atom)\.xml)$", feeds.feed, name="feed"),
    re_path(r"^(?P<path>sitemap(?:-.*)?\.xml)$", sitemap.sitemap, name="sitemap"),
    path("search", searching.search, name="search"),
    path("", views.page, name="home"),
    # Every page, by ``routes.render``; what stands above comes first.
    path("<path:path>", views.page, name="page"),
]
