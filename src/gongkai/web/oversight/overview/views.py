"""How an office is doing, and the agencies of a competent department side by side."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render

from gongkai.web.policies import StaffRequest, staff

HERE = "overview:home"


@staff("oversight.read")
def home(request: StaffRequest) -> HttpResponseBase:
    """概况."""
    agencies = request.actor.agencies("oversight.read")
    return render(request, "overview/home.html", {"here": HERE, "agencies": agencies})
