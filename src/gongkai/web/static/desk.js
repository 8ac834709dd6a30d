// What the desk does better with JavaScript; everything works without it.
"use strict";

// 1. A list of errors is read first.
document.querySelector(".gk-errors[tabindex]")?.focus();

// 2. What was typed stays: a form with data-keep is kept in this browser until it has been
// sent and taken, also across a lost connection or an ended session.
function keep(form) {
  const key = "gongkai:" + form.dataset.keep;
  const said = document.getElementById("kept");
  const fields = () =>
    [...form.elements].filter((e) => e.name && !["hidden", "password", "file", "submit", ""].includes(e.type));
  const typed = () => fields().map((e) => [e.name, e.type === "checkbox" || e.type === "radio" ? e.checked + ":" + e.value : e.value]);
  const first = JSON.stringify(typed());
  const kept = localStorage.getItem(key);
  const sent = sessionStorage.getItem(key + ":sent");
  if (sent && !document.querySelector(".gk-errors")) {
    // The form came back without errors: the server has what was sent.
    localStorage.removeItem(key);
  } else if (kept && kept !== first) {
    const box = document.createElement("div");
    box.className = "gk-banner gk-banner--warn gk-row";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    text.textContent = "上次写的内容没有保存成功，还留在这台电脑上。";
    const take = document.createElement("button");
    take.type = "button";
    take.className = "gk-btn gk-btn--s";
    take.textContent = "取回来";
    take.addEventListener("click", () => {
      const values = JSON.parse(kept);
      fields().forEach((e, i) => {
        if (!values[i] || values[i][0] !== e.name) return;
        if (e.type === "checkbox" || e.type === "radio") e.checked = values[i][1].startsWith("true:");
        else e.value = values[i][1];
        e.dispatchEvent(new Event("restored"));
      });
      box.remove();
    });
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "gk-aslink";
    drop.textContent = "不要了";
    drop.addEventListener("click", () => {
      localStorage.removeItem(key);
      box.remove();
    });
    box.append(text, take, drop);
    form.prepend(box);
  }
  sessionStorage.removeItem(key + ":sent");
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      localStorage.setItem(key, JSON.stringify(typed()));
      if (said) said.textContent = "还没有保存，已留在这台电脑上";
    }, 500);
  });
  form.addEventListener("submit", () => {
    localStorage.setItem(key, JSON.stringify(typed()));
    sessionStorage.setItem(key + ":sent", "1");
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
