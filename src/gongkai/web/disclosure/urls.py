"""The addresses of drafting and review."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import afterwards, drafting, files, lists, review

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    path("", lists.items, name="list"),
    path("export.xlsx", lists.export, name="export"),
    path("together/", lists.together, name="together"),
    path("new/", drafting.new, name="new"),
    path("from-word/", drafting.from_word, name="from_word"),
    path("paste/", drafting.paste, name="paste"),
    path("<int:number>/", review.item, name="item"),
    path("<int:number>/edit/", drafting.edit, name="edit"),
    path("<int:number>/submit/", drafting.submit, name="submit"),
    path("<int:number>/recall/", drafting.recall, name="recall"),
    path("<int:number>/discard/", drafting.discard, name="discard"),
    path("<int:number>/restore/", drafting.restore, name="restore"),
    path("<int:number>/versions/<int:version>/", review.version, name="version"),
    path("<int:number>/compare/<int:old>/<int:new>/", review.compare, name="compare"),
    path("<int:number>/review/", review.review, name="review"),
    path("<int:number>/findings/<int:finding>/", review.answer, name="answer"),
    path("<int:number>/check/", review.check_again, name="check_again"),
    path("<int:number>/attachments/", files.attach, name="attach"),
    path("<int:number>/attachments/<int:attachment>/", files.download, name="download"),
    path(
        "<int:number>/attachments/<int:attachment>/public/", files.public_copy, name="public_copy"
    ),
    path("<int:number>/attachments/<int:attachment>/preview/", files.preview, name="preview"),
    path("<int:number>/attachments/<int:attachment>/describe/", files.describe, name="describe"),
    path("<int:number>/attachments/<int:attachment>/detach/", files.detach, name="detach"),
    path("<int:number>/attachments/<int:attachment>/redact/", files.redact, name="redact"),
    path("<int:number>/attachments/<int:attachment>/keep/", files.keep, name="keep"),
    path("<int:number>/correct/", afterwards.correct, name="correct"),
    path("<int:number>/withdraw/", afterwards.withdraw, name="withdraw"),
    path("<int:number>/publish-now/", afterwards.publish_now, name="publish_now"),
    path("<int:number>/validity/", afterwards.validity, name="validity"),
    path(
        "<int:number>/validity/<int:event>/remove/",
        afterwards.remove_validity,
        name="remove_validity",
    ),
    path("<int:number>/releases/", afterwards.releases, name="releases"),
    path(
        "<int:number>/releases/<int:release>/remove/",
        afterwards.remove_release,
        name="remove_release",
    ),
    path("<int:number>/reassess/", afterwards.reassess, name="reassess"),
]
