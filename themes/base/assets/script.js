// What pages can do without and some readers like: the place on a long page is marked in its contents, and whoever narrows a list is
// told how many pledges are left. Nothing is stored, nothing is sent.
(function () {
  "use strict";

  function markPlace() {
    var links = new Map();
    document.querySelectorAll(".contents a[href^='#']").forEach(function (link) {
      var part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (part) links.set(part, link);
    });
    if (!links.size || !("IntersectionObserver" in window)) return;
    var seen = new Set();
    var current = null;
    var watch = new IntersectionObserver(
      function (changes) {
        changes.forEach(function (change) {
          seen[change.isIntersecting ? "add" : "delete"](change.target);
        });
        // Of the parts that are in sight the last one on the page is the innermost.
        var part = Array.from(links.keys()).filter(function (each) {
          return seen.has(each);
        }).pop();
        var link = part ? links.get(part) : null;
        if (link === current) return;
        if (current) current.removeAttribute("aria-current");
        if (link) link.setAttribute("aria-current", "location");
        current = link;
      },
      { rootMargin: "-20% 0px -70% 0px" }
    );
    links.forEach(function (_, part) {
      watch.observe(part);
    });
  }

  function tellCount() {
    var said = document.querySelector("[data-narrowed]");
    var list = document.querySelector(".narrowed");
    if (!said || !list) return;
    list.addEventListener("change", function () {
      var lines = Array.from(list.querySelectorAll(".pledge-line"));
      var left = lines.filter(function (line) {
        return line.getClientRects().length > 0;
      });
      said.textContent = said.dataset.narrowed.replace("#", left.length).replace("#", lines.length);
    });
  }

  markPlace();
  tellCount();
})();
