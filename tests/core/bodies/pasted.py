"""Html as people paste it, put together at random from what programs write.

``pasted`` gives html together with the words that a screen would show of it: every word is
numbered, so none can stand in for another.
"""

from __future__ import annotations

from hypothesis import strategies as st

INLINE = (
    "<b>{}</b>", "<strong style='mso-bidi-font-weight:normal'>{}</strong>", "<sup>{}</sup>",
    "<span style='font-weight:bold'>{}</span>", "<font face=仿宋_GB2312 size=4>{}</font>",
    "<span lang=EN-US style='font-size:16.0pt;font-family:仿宋'>{}<o:p></o:p></span>",
    "<a href='http://example.gov.cn/a?b=1&c=2'>{}</a>", "<a name=_Toc1>{}</a>",
    "<a href='javascript:alert(1)'>{}</a>", "<i>{}</i>", "<em><u>{}</u></em>", "<ins>{}</ins>",
    "<span style='text-decoration:line-through'>{}</span>", "<nobr>{}</nobr>", "<q>{}</q>",
    "<![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp;</span></span><![endif]>",
    "<st1:chsdate w:st='on'>{}</st1:chsdate>", "<label for=x>{}</label>", "<u>{}&nbsp;&nbsp;&nbsp;</u>",
    "<span style='display:block'>{}</span>", "<code>{}</code>",
    "<button onclick='x()'>{}</button>", "<ruby>{}<rp>(</rp></ruby>", "<wbr>{}", "{}<br clear=all>",
)  # fmt: skip
BLOCKS = (
    "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>{}</p>",
    "<p align=center>{}</p>", "<div>{}</div>", "<section style='margin:0'>{}</section>",
    "<p style='mso-list:l0 level2 lfo1'>{}</p>", "<h1>{}</h1>", "<h2>{}</h2>", "<h5>{}</h5>",
    "<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>", "<ol start=3><li value=7>{}</ol>",
    "<ul>{}</ul>", "<pre>{}</pre>", "<center>{}</center>", "<dl><dt>{}</dt></dl>",
    "<figure>{}</figure>", "<figure><img src='attachment:1'><figcaption>{}</figcaption></figure>",
    "<table><tr><td>{}</td></tr></table>", "<fieldset><legend>{}</legend></fieldset>",
    "<table><caption>{}</caption><tr><td>甲<td>乙</table>", "<table>{}</table>",
    "<table><tr><td rowspan=2>{}<td>1<tr><td>2</table>", "<form action=/x>{}</form>",
    "<table><thead><tr><td colspan=9>{}<td>甲<tbody><tr><td rowspan=0>乙</table>",
    "<table><colgroup><col span=2></colgroup><tr><th>{}</th><th scope=bad>表</th></tr></table>",
    "<details><summary>{}</summary></details>", "<p style='text-align:right'>{}</p>", "{}<p>",
    "<p>　　　　　　　　　　　　　　{}</p>", "<p style='white-space:pre-wrap'>\n {}\n  </p>",
    "<table><tr>{}<td>丙</td></tr></table>", "<li>{}</li>", "<td>{}</td>", "{}</div></p></b>",
    "<h2><p>{}</p></h2>", "<ol style='list-style-type:cjk-ideographic'><li>{}</ol>",
)  # fmt: skip
JUNK = (
    "<script>var 暗='暗'</script>", "<style>.x{color:red} p.MsoNormal{margin:0}</style>",
    "<!-- 暗 -->", "<!--[if gte mso 9]><xml>暗</xml><![endif]-->", "<xml><w:x>暗</w:x></xml>",
    "<p class=MsoNormal><o:p>&nbsp;</o:p></p>", "<span style='display:none'>暗</span>", "<br>",
    "<img src='file:///C:/a.png'>", "<iframe src='http://x'>暗</iframe>", "<hr>", "\n \t",
    "<p style='mso-hide:all'>暗</p>", "<noscript>暗</noscript>", "<title>暗</title>", "&nbsp;",
)  # fmt: skip

# Tags in any order, none of which hides or drops words.
FRAGMENTS = (
    "<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>",
    "</ul>", "<div style='text-align:center'>", "</div>", "<a href='/x'>", "</a>", "<h1>", "</h1>",
    "<figure>", "<figcaption>", "<img src=attachment:1>", "<p style='mso-list:l0 level1 lfo1'>",
    "甲", "乙 ", "&nbsp;", "1", "x<y", "<caption>", "<thead>", "<th>", "<blockquote>", "<br>", "<u>",
    "<sup>", "<ins>", "<pre>", "\n", "　　", "</body>", "<ol type=a>", "<dd>", "<center>", "<form>",
    "<td rowspan=3>", "<th colspan=2>", "<p class='gk-sign gk-center x'>", "　　　　　　　　　",
    "</br>", "<td colspan=2>单位：万元", "<tfoot>", "<li value=9>", "<s>", "<strong>",
)  # fmt: skip
# Tags that hide, drop or swallow what follows.
BROKEN = (
    "<!--", "-->", "<![endif]>", "<svg>", "<math>", "<style>", "</style>", "<select><option>",
    "<span style='mso-list:Ignore'>", "<textarea>", "<col style='display:none'>", "<del>",
    "<input value=5>", "&#0;&#1;\ud800", "<frameset>", "<plaintext>", "<xmp>", "<noembed>", "<rt>",
    "<del cite=x>", "<img src='data:image/png;base64,AAAA'>", "<a href='attachment:1'>",
    "<span style='display:none'>", "<title>", "<template>",
)  # fmt: skip

_words = st.text(
    alphabet=st.sampled_from("公开条例信息（一）、2024.5a<&\"'　 \u200b\xa0\n;：。·"), max_size=8
)


@st.composite
def pasted(draw: st.DrawFn) -> tuple[str, str]:
    """Html, and its visible words in order of writing."""
    counter = [0]

    def leaf() -> tuple[str, str]:
        counter[0] += 1
        words = f"［{counter[0]}］{draw(_words)}"
        return words.replace("&", "&amp;").replace("<", "&lt;"), words

    def node(depth: int) -> tuple[str, str]:
        if depth == 0:
            return leaf()
        html, said = "", ""
        for _ in range(draw(st.integers(1, 3))):
            html += draw(st.sampled_from(("", "", "", *JUNK)))
            inner, words = node(depth - 1)
            html += draw(st.sampled_from((*INLINE, *BLOCKS))).format(inner)
            said += words
        return html, said

    return node(draw(st.integers(0, 4)))
