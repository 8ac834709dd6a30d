"""Published items, their files, their ties, withdrawals, and the changes still to be baked."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency


class Validity(models.TextChoices):
    """Whether a normative document holds (现行有效 / 已修改 / 废止 / 失效)."""

    NONE = "", "不适用"
    PENDING = "pending", "尚未施行"
    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"
    LAPSED = "lapsed", "已失效"


class Publication(models.Model):
    """One published item: a whole public copy, made by the act of publishing."""

    # The number of the item; the address is made of it and of the year of first release,
    # neither of which ever changes.
    number = models.BigIntegerField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="publications")
    # Days since year 1 of the release, then the number: newest first is one descending walk.
    order_key = models.BigIntegerField(unique=True)
    kind = models.CharField("类型", max_length=40, db_index=True)
    # A column of core.catalogue: "rules", "statutory", "annual_report", …
    column = models.CharField("栏目", max_length=40)
    statutory = models.CharField("法定项目", max_length=10, blank=True, db_index=True)
    title = models.CharField("标题", max_length=300)
    summary = models.TextField("内容概述", blank=True)
    index_number = models.CharField("索引号", max_length=80, unique=True)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    source = models.CharField("来源", max_length=120, blank=True)
    genre = models.CharField("体裁", max_length=40, blank=True)
    theme = models.CharField("主题分类", max_length=40, blank=True, db_index=True)
    keywords = models.JSONField("关键词", default=list)
    made_on = models.DateField("成文日期", null=True, blank=True)
    # The true moment of first release; never set by hand, never set again.
    published_at = models.DateTimeField("发布日期")
    updated_at = models.DateTimeField("更新日期", null=True, blank=True)
    year = models.PositiveSmallIntegerField("发布年份", db_index=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    validity = models.CharField(
        "有效性", max_length=12, choices=Validity, default="", blank=True, db_index=True
    )
    validity_note = models.CharField("有效性说明", max_length=300, blank=True)
    # Facts of its kind, shown as they are: fiscal year, form of interpretation, life events…
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField("版本", default=1)
    # The long ones last: a database reads a row from its beginning.
    # What search looks in, made by ``search.text_of``.
    text = models.TextField(blank=True, editable=False)
    body_html = models.TextField(blank=True)

    class Meta:
        verbose_name = "已公开信息"
        ordering = ("-order_key",)
        indexes = (
            models.Index(fields=["agency", "column", "statutory", "-order_key"], name="pub_column"),
            models.Index(fields=["agency", "-order_key"], name="pub_agency"),
            models.Index(fields=["column", "statutory", "-order_key"], name="pub_region_column"),
            # What search filters and counts by, without opening the rows themselves.
            models.Index(
                fields=[
                    "order_key",
                    "agency",
                    "column",
                    "statutory",
                    "kind",
                    "validity",
                    "year",
                    "theme",
                ],
                name="pub_facets",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """The lasting address, below the mount."""
        return f"item/{self.year}/{self.number}.html"


class TextFingerprint(models.Model):
    """One of the numbers by which texts alike are found (``core.screening.fingerprint``)."""

    pk = models.CompositePrimaryKey("value", "publication_id")
    value = models.BigIntegerField()
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="fingerprints")

    class Meta:
        verbose_name = "文本特征"

    def __str__(self) -> str:
        return f"{self.value} {self.publication_id}"


class PublishedFile(models.Model):
    """A file that goes with a publication: the copy that may be public."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    # Of the file store (disclosure.files); the bytes are found by their digest.
    digest = models.CharField("校验码（SHA-256）", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    # What the text calls it (``attachment:REFERENCE``); empty for what the text does not show.
    reference = models.CharField(max_length=80, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField("字节")
    description = models.CharField("说明", max_length=300, blank=True)
    # In the text itself (an image) or listed as an attachment.
    inline = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "公开的文件"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["publication", "name"], name="one_name_a_publication"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The lasting address, below the mount."""
        return f"files/{self.publication_id}/{self.name}"


class Tie(models.TextChoices):
    """How one publication stands to another."""

    INTERPRETS = "interprets", "解读"
    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    RELATES = "relates", "相关"


class Relation(models.Model):
    """``left`` interprets, amends, repeals … ``right``; both are public."""

    left = models.ForeignKey(Publication, models.CASCADE, related_name="ties")
    right = models.ForeignKey(Publication, models.CASCADE, related_name="tied_by")
    tie = models.CharField("关系", max_length=12, choices=Tie)

    class Meta:
        verbose_name = "关联"
        constraints = (
            models.UniqueConstraint(fields=["left", "right", "tie"], name="one_tie_of_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.left_id} {self.tie} {self.right_id}"


class Elsewhere(models.Model):
    """Where else a publication went: gazette, press, WeChat, notice board, library …"""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="elsewhere")
    channel = models.CharField("渠道", max_length=40)
    where = models.CharField("去处", max_length=200, blank=True)
    released_on = models.DateField("日期")
    link = models.URLField("链接", blank=True)

    class Meta:
        verbose_name = "其他公开渠道"
        ordering = ("released_on",)

    def __str__(self) -> str:
        return f"{self.channel} {self.released_on}"


class Withdrawal(models.Model):
    """An address that once led to an item: it says so instead of vanishing."""

    number = models.BigIntegerField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="withdrawals")
    year = models.PositiveSmallIntegerField()
    # The reason as the public may read it; the title is not repeated, since it may be what
    # had to go.
    reason = models.CharField("撤回原因", max_length=300)
    withdrawn_at = models.DateTimeField("撤回时间", default=timezone.now)

    class Meta:
        verbose_name = "已撤回"
        ordering = ("-withdrawn_at",)

    def __str__(self) -> str:
        return str(self.number)

    @property
    def path(self) -> str:
        """The address that the item had."""
        return f"item/{self.year}/{self.number}.html"


class Change(models.Model):
    """Something public changed and the files do not show it yet: the outbox of the baker."""

    number = models.BigIntegerField(null=True)
    # What the item was and is: where it stood (agency, column, statutory, theme, files …).
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # "agency:17", "site": a wider change (contact data, head and foot of the host site).
    scope = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "待写出的变化"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.scope or str(self.number)


class SiteSettings(models.Model):
    """The government site that the platform is a part of: its name, marks and foot.

    One row.  What 国办发〔2017〕47号 wants on every page comes from here.
    """

    region_name = models.CharField("地区或单位", max_length=120, default="政府信息公开")
    site_name = models.CharField("网站名称", max_length=120, blank=True)
    site_domain = models.CharField("域名（不带协议）", max_length=120, blank=True)
    site_id_code = models.CharField("政府网站标识码", max_length=20, blank=True)
    organiser = models.CharField("主办单位", max_length=200, blank=True)
    undertaker = models.CharField("承办单位", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    icp_number = models.CharField("ICP 备案号", max_length=80, blank=True)
    public_security_number = models.CharField("公安备案号", max_length=80, blank=True)
    party_government_mark = models.URLField("党政机关网站标识链接", blank=True)
    error_report = models.URLField("“我为政府网站找错”链接", blank=True)
    host_home = models.URLField("政府网站首页", blank=True)
    ipv6 = models.BooleanField("支持 IPv6", default=False)
    # Every page says so when the region is invented.
    demonstration = models.BooleanField("示范数据", default=False)

    class Meta:
        verbose_name = "网站设置"

    def __str__(self) -> str:
        return self.site_name or self.region_name

    @classmethod
    def current(cls) -> SiteSettings:
        """The one row, or the defaults where none is kept yet."""
        return cls.objects.order_by("pk").first() or cls()
