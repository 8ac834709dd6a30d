"""Addresses of what follows a reply and stands beside it."""

from __future__ import annotations

from django.urls import path

from .views import cases, complaints, corrections, lists, papers, person, statements, year

app_name = "remedies"
urlpatterns = [
    path("", lists.cases, name="list"),
    path("remedies.xlsx", lists.export, name="export"),
    path("new/", cases.new, name="new"),
    path("<int:number>/", cases.case, name="case"),
    path("<int:number>/edit/", cases.edit, name="edit"),
    path("<int:number>/copy/", cases.copy, name="copy"),
    path("<int:number>/event/", cases.event, name="event"),
    path("<int:number>/event/<int:event>/remove/", cases.remove_event, name="remove_event"),
    path("<int:number>/close/", cases.close, name="close"),
    path("<int:number>/reopen/", cases.reopen, name="reopen"),
    path("<int:number>/look/", cases.look, name="look"),
    path("<int:number>/write/", statements.write, name="write"),
    path("<int:number>/papers/", papers.file_case, name="file_case"),
    path("statements/<int:statement>/", statements.statement, name="statement"),
    path("statements/<int:statement>/approve/", statements.approve, name="approve"),
    path("statements/<int:statement>/send/", statements.send, name="send"),
    path("statements/<int:statement>/discard/", statements.discard, name="discard"),
    path("statements/<int:statement>/file.<slug:form>", statements.download, name="statement_file"),
    path("papers/<int:paper>/", papers.paper, name="paper"),
    path("corrections/", lists.corrections, name="corrections"),
    path("corrections/new/", corrections.new, name="correction_new"),
    path("corrections/<int:number>/", corrections.correction, name="correction"),
    path("corrections/<int:number>/edit/", corrections.edit, name="correction_edit"),
    path("corrections/<int:number>/find/", corrections.find, name="correction_find"),
    path("corrections/<int:number>/look/", corrections.look, name="correction_look"),
    path("corrections/<int:number>/write/", statements.write_notice, name="write_notice"),
    path("corrections/<int:number>/papers/", papers.file_correction, name="file_correction"),
    path("complaints/", lists.complaints, name="complaints"),
    path("complaints/new/", complaints.new, name="complaint_new"),
    path("complaints/<int:number>/", complaints.complaint, name="complaint"),
    path("complaints/<int:number>/edit/", complaints.edit, name="complaint_edit"),
    path("complaints/<int:number>/handle/", complaints.handle, name="complaint_handle"),
    path("complaints/<int:number>/reopen/", complaints.reopen, name="complaint_reopen"),
    path("complaints/<int:number>/look/", complaints.look, name="complaint_look"),
    path("complaints/<int:number>/papers/", papers.file_complaint, name="file_complaint"),
    path("person/", person.person, name="person"),
    path("year/", year.year, name="year"),
    path("year/year.xlsx", year.export, name="year_export"),
]
