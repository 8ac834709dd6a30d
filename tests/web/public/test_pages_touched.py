"""What a change touches: every page that is different afterwards, and few others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.web.administration.agencies.acts.change import end, merge, rename, take_back_name
from gongkai.web.administration.agencies.acts.keep import edit, make
from gongkai.web.agencies.models import RESERVED_SLUGS, Agency, Kind, Officer
from gongkai.web.people.models import Role
from gongkai.web.policies import Actor
from gongkai.web.public import pages
from gongkai.web.publication.models import Change, Publication, SiteSettings
from gongkai.web.publication.release import announce
from gongkai.web.registers.models import StandardEntry

from .conftest import Region
from .publishing import at, publish, take_back

Act = Callable[[Region], object]


def _site() -> dict[str, bytes]:
    site = {}
    for path in pages.paths():
        page = pages.render(path)
        assert page is not None, path
        site[path] = page.body
    return site


def _different(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}


def _new(region: Region) -> None:
    publish(region.office.street, 500, "最新的一条", published_at=timezone.now(), theme="other")


def _corrected(region: Region) -> None:
    publish(region.office.street, 101, "改过的标题")


def _moved_to_another_column(region: Region) -> None:
    publish(region.office.street, 110, statutory="20-9", theme="other")


def _an_old_one_withdrawn(region: Region) -> None:
    take_back(102)


def _many_withdrawn(region: Region) -> None:
    for number in range(101, 145):
        take_back(number)


def _many_published(region: Region) -> None:
    for number in range(600, 650):
        publish(region.office.street, number, published_at=timezone.now())


def _an_old_one_republished(region: Region) -> None:
    take_back(105)
    publish(region.office.street, 105, published_at=at(2026, 2, 6))


def _document_withdrawn(region: Region) -> None:
    take_back(region.document.pk)


def _document_repealed(region: Region) -> None:
    publish(
        region.office.street,
        700,
        "废止决定",
        kind="normative_document",
        statutory="20-1",
        published_at=timezone.now(),
        ties=(("repeals", region.document.pk),),
    )
    life = [{"kind": "repealed", "on": "2026-03-01", "by": "听街规〔2026〕1号", "by_number": 700}]
    publish(
        region.office.street,
        1,
        region.document.title,
        kind="normative_document",
        statutory="20-1",
        theme="construction_and_environment",
        validity="repealed",
        facts={"life": life},
    )


def _report_published(region: Region) -> None:
    publish(region.town, 710, "稻香镇2024年度报告", column="annual_report", statutory="")


def _rule_published(region: Region) -> None:
    publish(region.office.neighbour, 720, "保密审查制度", column="rules", statutory="")


def _last_of_an_item_the_law_does_not_ask(region: Region) -> None:
    take_back(5)


def _first_of_such_an_item(region: Region) -> None:
    publish(region.community, 730, "社区统计", statutory="20-4")


def _released_elsewhere(region: Region) -> None:
    other = {"channel": "wechat", "where": "听泉发布", "released_on": date(2026, 4, 1)}
    publish(region.office.street, 120, elsewhere=(other,))


def _telephone(region: Region) -> None:
    Agency.objects.filter(pk=region.office.street.pk).update(phone="000-0000 9999")
    Officer.objects.filter(agency=region.office.street).delete()
    StandardEntry.objects.filter(agency=region.office.street).earliest("pk").delete()
    with transaction.atomic():
        announce(scope=f"agency:{region.office.street.pk}")


def _competent_department_moved(region: Region) -> None:
    Agency.objects.filter(pk=region.office.competent.pk).update(phone="000-0000 8888")
    with transaction.atomic():
        announce(scope=f"agency:{region.office.competent.pk}")


def _renamed(region: Region) -> None:
    rename(_admin(region), region.office.street, "听泉镇人民政府", "听泉镇", date(2026, 5, 1))


def _renamed_back(region: Region) -> None:
    _renamed(region)
    take_back_name(_admin(region), region.office.street)


def _merged(region: Region) -> None:
    merge(
        _admin(region),
        region.office.neighbour,
        region.office.street,
        timezone.localdate(),
        "青编〔2026〕1号",
    )


def _ended(region: Region) -> None:
    end(_admin(region), region.town, timezone.localdate(), "青编〔2026〕1号")


def _became_another_kind(region: Region) -> None:
    edit(_admin(region), region.town, kind=Kind.STREET, short_name="稻香街道")


def _became_a_community(region: Region) -> None:
    edit(_admin(region), region.office.neighbour, kind=Kind.COMMUNITY)


def _under_another(region: Region) -> None:
    edit(_admin(region), region.community, parent=region.office.neighbour)


def _other_competent_department(region: Region) -> None:
    edit(_admin(region), region.office.competent, competent_for=None)
    edit(_admin(region), region.office.neighbour, competent_for=region.office.district)


def _made(region: Region) -> None:
    make(
        _admin(region),
        slug="qh0404",
        code="QH0404",
        name="柳浪街道办事处",
        short_name="柳浪街道",
        kind=Kind.STREET,
        parent=region.office.district,
    )


def _admin(region: Region) -> Actor:
    return region.office.actor(Role.SYSTEM_ADMIN)


def _site_settings(region: Region) -> None:
    SiteSettings.objects.update(phone="000-0000 7777")
    with transaction.atomic():
        announce(scope="site")


@pytest.mark.once
@pytest.mark.parametrize(
    "act",
    [
        _new,
        _corrected,
        _moved_to_another_column,
        _an_old_one_withdrawn,
        _many_withdrawn,
        _many_published,
        _an_old_one_republished,
        _document_withdrawn,
        _document_repealed,
        _report_published,
        _rule_published,
        _last_of_an_item_the_law_does_not_ask,
        _first_of_such_an_item,
        _released_elsewhere,
        _telephone,
        _competent_department_moved,
        _renamed,
        _renamed_back,
        _merged,
        _ended,
        _became_another_kind,
        _became_a_community,
        _under_another,
        _other_competent_department,
        _made,
        _site_settings,
    ],
    ids=lambda act: act.__name__.strip("_"),
)
def test_every_page_that_differs_after_a_change_is_touched(region: Region, act: Act) -> None:
    before = _site()
    Change.objects.all().delete()
    act(region)
    changes = list(Change.objects.all())
    assert changes
    touched = set().union(*(pages.touched(change) for change in changes))
    assert _different(before, _site()) <= touched
    # What is named and no longer there is a page to take away, not a page to be drawn.
    for path in touched - before.keys():
        assert path in set(pages.paths()) or pages.render(path) is None


def test_something_new_leaves_items_and_full_list_pages_as_they_are(region: Region) -> None:
    before = _site()
    Change.objects.all().delete()
    _new(region)
    different = _different(before, _site())
    assert [p for p in different if p.startswith("item/")] == [_path_of(500)]
    assert not [p for p in different if "/list-" in p]
    touched = pages.touched(Change.objects.get())
    assert [p for p in touched if p.startswith("item/")] == [_path_of(500)]
    assert len(touched) < 60


def test_a_day_on_which_a_document_lapses_touches_what_says_so(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = region.document.expires_on
    assert last is not None
    the_day = last + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", _localdate(last))
    before = _site()
    monkeypatch.setattr(timezone, "localdate", _localdate(the_day))
    after = _site()
    assert "documents/lapsed/index.html" in _different(before, after)
    assert _different(before, after) <= pages.turning_on(the_day)


def test_no_agency_may_take_an_address_of_the_region(region: Region) -> None:
    own = {path.partition("/")[0] for path in pages.paths() if "/" in path}
    agencies = set(Agency.objects.values_list("slug", flat=True))
    assert own - agencies <= RESERVED_SLUGS
    for slug in RESERVED_SLUGS:
        agency = Agency(slug=slug, code="X1", name="某局", short_name="某局", kind=Kind.DEPARTMENT)
        with pytest.raises(ValidationError, match="是公开平台自己的网址"):
            agency.full_clean()


def _path_of(number: int) -> str:
    return Publication.objects.get(pk=number).path


def _localdate(today: date) -> Callable[..., date]:
    """``timezone.localdate`` on ``today``; of a moment given, the day of that moment."""
    real = timezone.localdate

    def localdate(value: datetime | None = None) -> date:
        return today if value is None else real(value)

    return localdate
