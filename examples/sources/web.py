"""An agency's page with everything that stands around the report."""

from __future__ import annotations

from html import escape
from itertools import cycle
from pathlib import Path

from reports import Report
from tables import Table

_PADDING = ("&nbsp;{}", "{}&nbsp;", "　{}", "&nbsp;{}", "　　{}")

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}</title>
<meta name="ColumnName" content="政府信息公开年报">
<script type="text/javascript">
var columnId = 1229, total = 0; document.write("<!-- 第二十条第（一）项 -->");
</script>
<style type="text/css">
.nav li {{ display: inline-block }}
.share a, .crumb a {{ color: #1f5ea8 }}
#printArea {{ display: none }}
@media print {{ #printArea {{ display: block }} .main {{ display: none }} }}
td {{ border: 1px solid #000 }}
</style>
</head>
<body>
<div class="top"><a href="/">首页</a> <a href="/wza">无障碍阅读</a> <a href="/login">登录</a></div>
<ul class="nav">
<li><a href="/zwgk">政务公开</a></li><li><a href="/bsfw">办事服务</a></li>
<li><a href="/hdjl">互动交流</a></li><li><a href="/sjkf">数据开放</a></li>
</ul>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政府信息公开</a> &gt;
<a href="/nb">政府信息公开年报</a></div>
<div class="side"><ul><li><a href="/zn">政府信息公开指南</a></li><li><a href="/zd">政府信息公开制度</a></li>
<li><a href="/nr">法定主动公开内容</a></li><li><a href="/nb">政府信息公开年报</a></li>
<li><a href="/sq">依申请公开</a></li></ul></div>
<div class="main">
<h1 class="title">{title}</h1>
<div class="info">浏览次数：<span id="hits">0</span>　字号：【<a href="#">大</a> <a href="#">中</a>
<a href="#">小</a>】 <a href="javascript:window.print()">打印</a></div>
<div class="article-content" id="zoom">
{body}
</div>
<div class="share bdsharebuttonbox">分享到：<a href="#" title="微信">微信</a>
<a href="#" title="微博">微博</a> <a href="#" title="QQ空间">QQ空间</a></div>
<div class="prevnext">上一篇：<a href="/nb/1">没有了</a>　下一篇：<a href="/nb/3">没有了</a></div>
</div>
<div id="printArea"><h1>{title}</h1>
{body}
</div>
<div class="footer">主办：拱墅区人民政府　网站标识码：330105****　<a href="/map">网站地图</a>
<a href="/contact">联系我们</a></div>
<script src="/js/jquery.min.js"></script>
<script>$(function () {{ if ($("#hits").text() < 1) {{ $("#hits").load("/hits?id=2"); }} }});</script>
</body>
</html>
"""


def write_page(report: Report, path: Path) -> None:
    """``report`` as a page in GB18030 that declares itself GB2312, figures padded with blanks."""
    parts = [f"<p>　　{escape(words)}</p>" for words in report.opening]
    for section in report.sections:
        parts.append(f"<p><strong>　　{escape(section.heading)}</strong></p>")
        parts += [f"<p>　　{escape(words)}</p>" for words in section.paragraphs]
        if section.table:
            parts.append(_table(section.table))
    page = _PAGE.format(title=escape("".join(report.title)), body="\n".join(parts))
    path.write_bytes(page.encode("gb18030"))


def _table(table: Table) -> str:
    padding = cycle(_PADDING)
    rows = []
    for boxes in table:
        cells = []
        for box in boxes:
            words = escape(box.text).replace("\n", "<br>")
            if box.text.isdigit():
                words = next(padding).format(words)
            spans = f' colspan="{box.columns}"' if box.columns > 1 else ""
            spans += f' rowspan="{box.rows}"' if box.rows > 1 else ""
            cells.append(f"<td{spans}>{words}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        '<table border="0" cellspacing="0" width="100%"><tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table>"
    )
