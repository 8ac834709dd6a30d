"""The addresses of rectification."""

from __future__ import annotations

from django.urls import path

from .views import lists, notices, ordering, self_checks, settings, tasks

app_name = "rectification"
urlpatterns = [
    path("", lists.tasks, name="list"),
    path("export.xlsx", lists.export, name="export"),
    path("new/", ordering.new, name="new"),
    path("settings/", settings.settings, name="settings"),
    path("<int:number>/", tasks.task, name="task"),
    path("<int:number>/receive/", tasks.receive, name="receive"),
    path("<int:number>/responsible/", tasks.name, name="name"),
    path("<int:number>/finish/", tasks.finish, name="finish"),
    path("<int:number>/proof/<int:proof>/", tasks.proof, name="proof"),
    path("<int:number>/proof/<int:proof>/remove/", tasks.remove_proof, name="remove_proof"),
    path("<int:number>/confirm/", tasks.confirmed, name="confirm"),
    path("<int:number>/return/", tasks.give_back, name="give_back"),
    path("<int:number>/extend/", tasks.extend, name="extend"),
    path("<int:number>/withdraw/", tasks.withdraw, name="withdraw"),
    path("<int:number>/no-fault/", tasks.no_fault, name="no_fault"),
    path("<int:number>/notice/", notices.issue, name="issue"),
    path("notices/", notices.notices, name="notices"),
    path("notices/circular/", notices.circular, name="circular"),
    path("notices/<int:number>/", notices.notice, name="notice"),
    path("notices/<int:number>/file.<slug:form>", notices.file, name="notice_file"),
    path("notices/<int:number>/sent/<int:copy>/", notices.send, name="send"),
    path("self-checks/", self_checks.self_checks, name="self_checks"),
    path("self-checks/<int:agency>/<slug:month>/", self_checks.self_check, name="self_check"),
    path("self-checks/number/<int:number>/sign/", self_checks.sign, name="sign"),
    path(
        "self-checks/number/<int:number>/return/", self_checks.give_back, name="return_self_check"
    ),
    path("self-checks/number/<int:number>/sheet.<slug:form>", self_checks.file, name="sheet"),
]
