// The compile screen: walk the cells by keyboard, paste a block from a sheet, see what was found
// as one types.  Everything works without it: Tab walks, 保存 keeps, the page is shown anew.
"use strict";

const grid = document.querySelector("[data-grid]");

if (grid) {
  const squares = [...grid.querySelectorAll("td[data-cell]")];
  const at = new Map(squares.map((td) => [`${td.dataset.row}/${td.dataset.column}`, td]));
  const input = (td) => td && td.querySelector("input");
  const said = document.getElementById("grid-said");
  const rows = [...new Set(squares.map((td) => +td.dataset.row))].sort((a, b) => a - b);
  const columns = [...new Set(squares.map((td) => +td.dataset.column))].sort((a, b) => a - b);

  // The next field from a cell in a direction; cells that are only reckoned are passed over.
  function next(td, down, right) {
    let row = rows.indexOf(+td.dataset.row);
    let column = columns.indexOf(+td.dataset.column);
    for (;;) {
      row += down;
      column += right;
      if (row < 0 || column < 0 || row >= rows.length || column >= columns.length) return null;
      const found = input(at.get(`${rows[row]}/${columns[column]}`));
      if (found) return found;
    }
  }

  const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Enter: [1, 0] };
  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    const td = field.closest("td[data-cell]");
    if (!td || field.tagName !== "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      field.value = field.defaultValue;
      field.select();
      return;
    }
    const move = moves[event.key];
    if (!move) return;
    // Within a number the arrows move the cursor until they reach its end.
    const inside = field.selectionStart !== field.selectionEnd ? false : true;
    if (event.key === "ArrowLeft" && inside && field.selectionStart > 0) return;
    if (event.key === "ArrowRight" && inside && field.selectionEnd < field.value.length) return;
    event.preventDefault();
    const to = next(td, ...move);
    if (to) {
      to.focus();
      to.select();
    }
  });

  // A block copied from a sheet: rows by lines, columns by tabs, from this cell on.
  grid.addEventListener("paste", (event) => {
    const field = event.target;
    const td = field.closest("td[data-cell]");
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!td || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const top = rows.indexOf(+td.dataset.row);
    const left = columns.indexOf(+td.dataset.column);
    let filled = 0;
    let over = 0;
    const totals = [];
    text.split("\n").forEach((line, down) => {
      line.split("\t").forEach((value, right) => {
        const place = at.get(`${rows[top + down]}/${columns[left + right]}`);
        if (!place) {
          over += value.trim() ? 1 : 0;
          return;
        }
        const to = input(place);
        if (to) {
          to.value = value.trim();
          filled += 1;
        } else if (value.trim()) totals.push([place, value.trim()]);
      });
    });
    grid.dataset.pastedTotals = JSON.stringify(totals.map(([place, value]) => [place.dataset.cell, value]));
    said.textContent = `粘贴了 ${filled} 格。` + (over ? `有 ${over} 个数超出表的范围，没有用。` : "");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // What was found: marks on the cells, totals as they are now; the cursor stays where it is.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "findings") return;
    const told = document.querySelectorAll("#marks > li");
    told.forEach((one) => {
      const td = squares.find((square) => square.dataset.cell === one.dataset.cell);
      if (!td) return;
      for (const look of ["bad", "warn", "note"]) td.classList.toggle(`gk-cell--${look}`, one.dataset.look === look);
      td.querySelector(".gk-cell__no")?.remove();
      if (one.dataset.number) {
        const link = document.createElement("a");
        link.className = "gk-cell__no";
        link.href = `#find${one.dataset.number}`;
        link.textContent = one.dataset.number;
        const words = document.createElement("span");
        words.className = "gk-sr";
        words.textContent = "号问题";
        link.append(words);
        td.prepend(link);
      }
      const field = input(td);
      if (!field) {
        td.querySelector("[data-value]").textContent = one.dataset.shown;
        td.classList.toggle("gk-zero", one.dataset.shown === "0");
        return;
      }
      if (one.dataset.wrong) field.setAttribute("aria-invalid", "true");
      else {
        field.removeAttribute("aria-invalid");
        if (field !== document.activeElement) field.defaultValue = field.value;
      }
    });
    const totals = JSON.parse(grid.dataset.pastedTotals || "[]");
    delete grid.dataset.pastedTotals;
    const differ = totals.filter(([cell, value]) => {
      const now = [...told].find((one) => one.dataset.cell === cell);
      return now && now.dataset.shown !== value.replace(/,/g, "");
    });
    if (differ.length) said.textContent += `粘贴的总计有 ${differ.length} 个与各项之和不同，总计按各项之和算。`;
  });

  // The number under the cursor is opened beside the table.
  let waiting = 0;
  grid.addEventListener("focusin", (event) => {
    const td = event.target.closest("td[data-cell]");
    if (!td || !window.htmx) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = `${grid.dataset.cellAddress}?cell=${encodeURIComponent(td.dataset.cell)}`;
      window.htmx.ajax("GET", address, { target: "#cell", swap: "innerHTML" });
      squares.forEach((one) => one.classList.toggle("gk-cell--open", one === td));
    }, 350);
  });
}
