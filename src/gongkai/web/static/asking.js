/* 网上申请：光标移到出错的地方；文件太大的，不等传完就说。没有脚本时页面照常可用。 */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var errors = document.getElementById("errors");
    if (errors) errors.focus();
  });
  document.addEventListener("change", function (event) {
    var input = event.target;
    var form = input.form;
    if (input.type !== "file" || !form || !form.dataset.mostBytes) return;
    var told = document.getElementById(input.id + "_told");
    if (told) told.remove();
    var most = Number(form.dataset.mostBytes);
    var tooBig = Array.prototype.filter.call(input.files, function (file) {
      return file.size > most;
    });
    if (!tooBig.length) return;
    told = document.createElement("p");
    told.id = input.id + "_told";
    told.className = "gk-err";
    told.setAttribute("role", "alert");
    told.textContent =
      "“" + tooBig[0].name + "”有 " + (tooBig[0].size / 1048576).toFixed(1) + " MB，一个文件最多 " +
      Math.floor(most / 1048576) + " MB，没有选上。";
    input.value = "";
    input.insertAdjacentElement("afterend", told);
  });
})();
