// What the desk does better with JavaScript; everything works without it.
"use strict";

// 1. A list of errors is read first.
document.querySelector(".gk-errors[tabindex]")?.focus();

// 2. What was typed stays: a form with data-keep is kept in this browser until the server has
// taken it, also across a lost connection or an ended session.  The server says so by a
// cookie (desk/kept.py); that the form was sent proves nothing.  What names a person is never
// kept here: data-unkept, on a field or around several.
const KEPT = "gongkai:";
const taken = /(?:^|; )gk_taken="?([^;"]+)/.exec(document.cookie);
if (taken) {
  localStorage.removeItem(KEPT + taken[1]);
  document.cookie = "gk_taken=; path=/; max-age=0; samesite=lax";
}

function button(words, style, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = style;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function keep(form) {
  const key = KEPT + form.dataset.keep;
  const said = document.createElement("p");
  said.className = "gk-note";
  said.setAttribute("role", "status");
  form.querySelector("button:not([type]), button[type=submit]").parentElement.after(said);
  const fields = () =>
    [...form.elements].filter((e) => e.name && !["hidden", "password", "file", "submit", ""].includes(e.type)
      && !e.closest("[data-unkept]"));
  const ticked = (e) => e.type === "checkbox" || e.type === "radio";
  const typed = () => JSON.stringify(fields().map((e) => [e.name, ticked(e) ? `${e.checked}:${e.value}` : e.value]));
  const store = () => localStorage.setItem(key, typed());
  const kept = localStorage.getItem(key);
  if (kept && kept !== typed()) offer();

  function offer() {
    const box = document.createElement("div");
    box.className = "gk-banner gk-banner--warn gk-row gk-kept";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    text.textContent = "上次写的内容没有保存成功，还留在这台电脑上。";
    const take = button("取回来", "gk-btn gk-btn--s", () => {
      const values = JSON.parse(kept);
      fields().forEach((e, i) => {
        if (!values[i] || values[i][0] !== e.name) return;
        if (ticked(e)) e.checked = values[i][1].startsWith("true:");
        else e.value = values[i][1];
        e.dispatchEvent(new Event("restored"));
      });
      box.remove();
      said.textContent = "取回来了，还没有保存。";
    });
    const drop = button("不要了", "gk-aslink", () => {
      localStorage.removeItem(key);
      box.remove();
    });
    box.append(text, take, drop);
    form.prepend(box);
  }

  const name = document.createElement("input");
  name.type = "hidden";
  name.name = "kept_as";
  name.value = form.dataset.keep;
  form.append(name);
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      store();
      said.textContent = "还没有保存，已留在这台电脑上。";
    }, 500);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    store();
    if (navigator.onLine) return;
    event.preventDefault();
    said.textContent = "现在没有网络，没有保存。写的内容留在这台电脑上，连上以后再按一次。";
  });
}
document.querySelectorAll("form[data-keep]").forEach(keep);

// 3. Answers that say what is wrong (422) or why it cannot be done are shown, not dropped.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
