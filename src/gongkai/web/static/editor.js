// The editor of a text: a textarea of html becomes a page to write on.  What is pasted from
// Word, WPS or a web page is cleaned by the server before it stands in the text, so what is
// seen is what is kept.  Without this script the textarea itself is written in.
"use strict";

const TOOLS = [
  ["h2", "一级标题", () => document.execCommand("formatBlock", false, "h2")],
  ["h3", "二级标题", () => document.execCommand("formatBlock", false, "h3")],
  ["p", "正文", () => document.execCommand("formatBlock", false, "p")],
  ["b", "加粗", () => document.execCommand("bold")],
  ["ul", "项目", () => document.execCommand("insertUnorderedList")],
  ["ol", "编号", () => document.execCommand("insertOrderedList")],
  ["a", "链接", link],
  ["table", "表格", table],
];

function link() {
  const address = prompt("链接地址（http 或 https 开头）");
  if (address && /^https?:\/\//.test(address)) document.execCommand("createLink", false, address);
}

function table() {
  const size = prompt("几行几列，例如 3x4", "3x3") || "";
  const [, rows, columns] = /^(\d{1,2})\s*[x×*]\s*(\d{1,2})$/.exec(size.trim()) || [];
  if (!rows) return;
  const head = "<tr>" + "<th scope=\"col\"><br></th>".repeat(columns) + "</tr>";
  const body = ("<tr>" + "<td><br></td>".repeat(columns) + "</tr>").repeat(Math.max(rows - 1, 0));
  document.execCommand("insertHTML", false, `<table><thead>${head}</thead><tbody>${body}</tbody></table><p><br></p>`);
}

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]").value;
}

async function cleaned(place, html) {
  const body = new FormData();
  body.append("html", html);
  const answer = await fetch(place.dataset.paste, { method: "POST", body, headers: { "X-CSRFToken": token() } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function picture(place, back, file) {
  const alt = prompt("这张图说明了什么？（写给看不见图的人，必填）", "");
  if (alt === null) return;
  const body = new FormData();
  body.append("file", file);
  body.append("inline", "1");
  body.append("alternative_text", alt);
  tell(place, "正在上传图片……");
  let answer, said;
  try {
    answer = await fetch(place.dataset.attach, { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Editor": "1" } });
    said = await answer.json();
  } catch {
    return tell(place, "没有连上服务器，图片没有传上去。");
  }
  tell(place, answer.ok ? "" : said.error);
  if (!answer.ok) return;
  const image = document.createElement("img");
  image.src = said.address;
  image.alt = alt;
  image.dataset.reference = said.reference;
  back();
  document.execCommand("insertHTML", false, image.outerHTML);
}

function tell(place, text) {
  place.querySelector("[role=status]").textContent = text;
}

function edit(place) {
  const source = place.querySelector("textarea");
  const label = place.querySelector("label");
  const page = document.createElement("div");
  page.contentEditable = "true";
  page.className = "gk-input gk-prose gk-editor";
  page.setAttribute("role", "textbox");
  page.setAttribute("aria-multiline", "true");
  page.id = source.id + "-page";
  label.id = source.id + "-label";
  page.setAttribute("aria-labelledby", label.id);
  // A picture is kept by its reference ("attachment:3") and shown from where it lies today.
  const pictures = JSON.parse(place.dataset.pictures || "{}");
  const show = () => {
    const text = new DOMParser().parseFromString(source.value, "text/html");
    text.querySelectorAll("img[src^='attachment:']").forEach((image) => {
      image.dataset.reference = image.getAttribute("src");
      image.src = pictures[image.dataset.reference] || "";
    });
    page.replaceChildren(...text.body.childNodes);
  };
  show();

  // Where one wrote last: there a tool acts, however it was reached.
  let written = null;
  document.addEventListener("selectionchange", () => {
    if (document.activeElement === page) written = getSelection().getRangeAt(0).cloneRange();
  });
  function back() {
    const range = written;
    page.focus();
    if (!range) return;
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  const bar = document.createElement("div");
  bar.className = "gk-row gk-editor__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文工具");
  for (const [, words, act] of TOOLS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gk-btn gk-btn--s";
    button.textContent = words;
    // Keep the selection in the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      back();
      act();
      save();
    });
    bar.append(button);
  }
  if (place.dataset.attach) {
    const choose = document.createElement("input");
    choose.type = "file";
    choose.accept = "image/png,image/jpeg,image/gif,image/webp";
    choose.hidden = true;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gk-btn gk-btn--s";
    button.textContent = "图片";
    button.addEventListener("click", () => choose.click());
    choose.addEventListener("change", async () => {
      if (choose.files[0]) await picture(place, back, choose.files[0]);
      choose.value = "";
      save();
    });
    bar.append(button, choose);
  }
  const said = document.createElement("p");
  said.className = "gk-note";
  said.setAttribute("role", "status");

  // What is kept calls a picture by its reference, not by where it is shown today.
  function save() {
    // A copy in a document that loads nothing.
    const copy = new DOMParser().parseFromString(page.innerHTML, "text/html").body;
    copy.querySelectorAll("img[data-reference]").forEach((image) => {
      image.setAttribute("src", image.dataset.reference);
      image.removeAttribute("data-reference");
    });
    source.value = copy.innerHTML;
    source.dispatchEvent(new Event("input", { bubbles: true }));
  }

  page.addEventListener("input", save);
  source.addEventListener("restored", show);
  page.addEventListener("paste", async (event) => {
    const html = event.clipboardData.getData("text/html");
    const file = [...event.clipboardData.files].find((f) => f.type.startsWith("image/"));
    if (!html && file && place.dataset.attach) {
      event.preventDefault();
      await picture(place, back, file);
      return save();
    }
    if (!html) return;
    event.preventDefault();
    tell(place, "正在清理粘贴的内容……");
    try {
      const clean = await cleaned(place, html);
      back();
      document.execCommand("insertHTML", false, clean.html);
      tell(place, clean.dropped.length ? "粘贴时去掉了：" + clean.dropped.join("、") : "");
    } catch {
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
      tell(place, "没有连上服务器，只粘贴了文字。");
    }
    save();
  });

  source.hidden = true;
  source.before(bar, page, said);
  label.addEventListener("click", () => page.focus());
}

document.querySelectorAll("[data-editor]").forEach(edit);
