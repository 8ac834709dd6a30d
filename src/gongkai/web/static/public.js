/* 公开页面：大字和高对比（没有服务器的静态页面上由这里设）、打印。没有脚本时页面照常可用。 */
(function () {
  "use strict";
  var root = document.documentElement;
  var modes = { size: "large", contrast: "high" };
  function kept(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )gk_" + name + "=([a-z]+)"));
    return found ? found[1] : "";
  }
  function show(name) {
    if (kept(name) === modes[name]) root.setAttribute("data-" + name, modes[name]);
    else root.removeAttribute("data-" + name);
  }
  Object.keys(modes).forEach(show);
  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-mode], [data-print]");
    if (!target) return;
    event.preventDefault();
    if (target.hasAttribute("data-print")) {
      window.print();
      return;
    }
    var name = target.getAttribute("data-mode");
    var value = target.getAttribute("data-value");
    var secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = "gk_" + name + "=" + value + "; path=/; max-age=31536000; samesite=lax" + secure;
    show(name);
    /* 没有 cookie 的地方（从磁盘打开）只管这一页。 */
    if (kept(name) !== value) {
      if (value === modes[name]) root.setAttribute("data-" + name, value);
      else root.removeAttribute("data-" + name);
    }
    var other = target.parentNode.querySelector('[data-mode="' + name + '"]:not([data-value="' + value + '"])');
    if (other) other.focus();
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-needs-script]").forEach(function (shown) {
      shown.hidden = false;
    });
  });
})();
