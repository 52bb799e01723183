// What `manifesto serve` adds to each page, and `manifesto build` never does: it hears of changes, and asks what they mean for this page.
// A page that would look the same stays as it is; one whose style alone is another gets that; all else is loaded anew, at the same place.
// A connection is open only while somebody looks, and only one, since a browser allows six for all its tabs together.
(function () {
  "use strict";

  var given = document.currentScript.dataset;
  var own = new URL(".", document.currentScript.src).pathname;
  var KEPT = "manifesto-preview";
  var SHORTEST = 300;
  var LONGEST = 5000;
  var PATIENCE = 3000;

  var style = given.style;
  var events = null;
  var leaving = false;
  var failures = 0;
  var retry = 0;
  var alone = 0;
  var asking = false;
  var askAgain = false;
  var answered = given.faulty ? -1 : Number(given.number);

  // --- hearing of changes ---------------------------------------------------------------------------------------------------------

  // Of all tabs that somebody can see one holds the connection, and passes on what it hears. Where a browser has no locks each holds its own.
  var channel = "BroadcastChannel" in window ? new BroadcastChannel(KEPT) : null;
  var takesTurns = channel && navigator.locks;
  var giveUp = null;

  function listen() {
    if (giveUp || leaving || document.visibilityState !== "visible") return;
    if (!takesTurns) {
      giveUp = hush;
      connect();
    } else {
      var turn = new AbortController();
      giveUp = function () { turn.abort(); };
      navigator.locks.request(KEPT, { signal: turn.signal }, function () {
        return new Promise(function (done) {
          giveUp = function () {
            hush();
            done();
          };
          connect();
        });
      }).catch(function () {
        // Given up while waiting for its turn.
      });
    }
    ask(); // what has changed while nobody looked
  }

  function stopListening() {
    if (giveUp) giveUp();
    giveUp = null;
  }

  function connect() {
    events = new EventSource(own + "events");
    events.onmessage = function (event) {
      failures = 0;
      clearTimeout(alone);
      alone = 0;
      pass(event.data);
    };
    events.onerror = function () {
      hush();
      failures += 1;
      if (!alone) alone = setTimeout(pass, PATIENCE, "");
      retry = setTimeout(connect, Math.min(SHORTEST * Math.pow(2, failures - 1), LONGEST));
    };
  }

  function hush() {
    if (events) events.close();
    events = null;
    clearTimeout(retry);
  }

  function pass(said) {
    if (takesTurns) channel.postMessage(said);
    hear(said);
  }

  // What is heard is a run of the preview and how many changes it has seen; nothing, if there is no preview any more.
  function hear(said) {
    var parts = said.split(":");
    showAlone(!said);
    // Another run may have been started in another way, and knows nothing of what this page was told.
    if (said && parts[0] !== given.run) reload();
    else if (said && Number(parts[1]) !== answered) ask();
  }

  if (channel) {
    channel.onmessage = function (event) {
      if (document.visibilityState === "visible") hear(event.data);
    };
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") listen();
    else stopListening();
  });
  addEventListener("pagehide", stopListening);
  addEventListener("pageshow", listen);

  // --- asking what they mean for this page ----------------------------------------------------------------------------------------

  function ask() {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    fetch(own + "state?page=" + encodeURIComponent(location.pathname), { cache: "no-store" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      })
      .then(heed)
      .catch(function () {
        // The server has gone; the connection notices it, too.
      })
      .then(function () {
        asking = false;
        if (askAgain) {
          askAgain = false;
          ask();
        }
      });
  }

  function heed(now) {
    if (leaving) return;
    if (now.run !== given.run) {
      reload();
      return;
    }
    answered = now.number;
    if (given.home && now.home !== given.home) {
      moveTo(now.home);
    } else if (now.page && (now.page !== given.page || now.rest !== given.rest)) {
      reload();
    } else {
      if (now.style && now.style !== style) swapStyle(now.style);
      showFaults(now.faults, now.more);
    }
  }

  function moveTo(home) {
    var old = given.home;
    var rest = location.pathname.indexOf(old) === 0 ? location.pathname.slice(old.length) : "";
    leaving = true;
    location.replace(home + rest + location.hash);
  }

  // --- the place on the page ------------------------------------------------------------------------------------------------------

  function reload() {
    if (leaving) return;
    leaving = true;
    stopListening();
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
      history.scrollRestoration = "manual";
    } catch (denied) {
      // Without a memory the page begins at its top.
    }
    location.reload();
  }

  function restorePlace() {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch (denied) {
      // The same.
    }
    if (!kept || kept.path !== location.pathname) return;
    history.scrollRestoration = "auto";
    function scroll() {
      scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    }
    scroll();
    if (document.readyState === "complete") return;
    // Pictures and fonts may have made the page longer; but whoever has scrolled meanwhile wants to be elsewhere.
    var moved = false;
    ["wheel", "touchmove", "keydown"].forEach(function (kind) {
      addEventListener(kind, function () { moved = true; }, { once: true, passive: true });
    });
    addEventListener("load", function () {
      if (!moved) scroll();
    });
  }

  function swapStyle(mark) {
    style = mark;
    document.querySelectorAll("link[rel~='stylesheet']").forEach(function (old) {
      var address = new URL(old.href);
      if (address.host !== location.host || address.pathname.slice(-17) !== "/assets/style.css") return;
      address.search = mark;
      var fresh = old.cloneNode();
      fresh.href = address.href;
      fresh.addEventListener("load", function () { old.remove(); });
      fresh.addEventListener("error", function () { fresh.remove(); });
      old.after(fresh);
    });
  }

  // --- what is shown over the page ------------------------------------------------------------------------------------------------

  var LOOK = [
    ":host { all: initial; }",
    "* { box-sizing: border-box; }",
    ":host, dialog, .alone { --ground: #fff; --text: #1b1b1f; --faint: #56565f; --line: #d3d3da; --inset: #f4f4f6; --fault: #b3121d; --link: #0b4fb3;",
    "  font: 16px/1.5 system-ui, sans-serif; color: var(--text); color-scheme: light; }",
    "@media (prefers-color-scheme: dark) { :host, dialog, .alone { --ground: #1d1d21; --text: #eeeef2; --faint: #b4b4bf; --line: #45454e;",
    "  --inset: #121215; --fault: #ff8a84; --link: #8ab8ff; color-scheme: dark; } }",
    "dialog { background: var(--ground); border: 1px solid var(--line); border-top: 6px solid var(--fault); border-radius: 8px;",
    "  width: min(60rem, 100vw - 1rem); max-width: none; max-height: calc(100dvh - 1rem); margin: auto; padding: 0; overflow: auto;",
    "  box-shadow: 0 1rem 4rem rgb(0 0 0 / .4); overscroll-behavior: contain; }",
    "dialog::backdrop { background: rgb(20 20 26 / .45); }",
    "dialog:focus { outline: none; }",
    ".head { display: flex; gap: .5rem 1rem; align-items: center; justify-content: space-between; position: sticky; top: 0;",
    "  background: var(--ground); border-bottom: 1px solid var(--line); padding: .75rem 1.25rem; }",
    "h1 { font-size: 1.125rem; margin: 0; }",
    "button { font: inherit; color: inherit; background: var(--inset); border: 1px solid var(--faint); border-radius: 6px; padding: .25rem .9rem;",
    "  min-height: 44px; min-width: 44px; cursor: pointer; }",
    "button:focus-visible, a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }",
    "ol { list-style: none; margin: 0; padding: 0 1.25rem; }",
    "li { padding: 1rem 0; border-bottom: 1px solid var(--line); }",
    "h2 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; color: var(--fault); }",
    "p { margin: .25rem 0; overflow-wrap: anywhere; }",
    "a { color: var(--link); display: inline-block; padding: .6rem 0; font-family: ui-monospace, monospace; font-size: .9375rem; }",
    "pre { font: .875rem/1.45 ui-monospace, monospace; background: var(--inset); border: 1px solid var(--line); border-radius: 6px; margin: .25rem 0 .5rem;",
    "  padding: .75rem; overflow-x: auto; white-space: pre; tab-size: 4; }",
    ".foot { color: var(--faint); font-size: .875rem; margin: 0; padding: .75rem 1.25rem; }",
    ".alone { position: fixed; inset: auto .75rem .75rem auto; margin: 0; color: var(--text); z-index: 2147483647; max-width: calc(100vw - 1.5rem); background: var(--ground);",
    "  border: 1px solid var(--faint); border-radius: 6px; padding: .35rem .8rem; font-size: .875rem; box-shadow: 0 2px 10px rgb(0 0 0 / .3); }",
    "@media (forced-colors: active) { dialog, .alone { border: 3px solid CanvasText; } }",
    "@media print { :host { display: none; } dialog, .alone { display: none; } }"
  ].join("\n");

  var root = null;
  var dialog = null;
  var said = "";

  function ground() {
    if (root) return root;
    var host = document.createElement("manifesto-preview");
    root = host.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    root.adoptedStyleSheets = [sheet];
    document.documentElement.append(host);
    return root;
  }

  function make(name, text, attributes) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    Object.keys(attributes || {}).forEach(function (key) {
      element.setAttribute(key, attributes[key]);
    });
    return element;
  }

  function showFaults(faults, more) {
    var says = JSON.stringify([faults, more]);
    if (!faults.length) {
      if (dialog) dialog.remove();
      dialog = null;
      said = says;
      return;
    }
    // Whoever has put it away has read it; it comes back with the next change of a file.
    var open = dialog && dialog.open;
    if (open && says === said) return;
    said = says;
    if (!dialog) {
      dialog = make("dialog", "", { role: "alertdialog", "aria-labelledby": "headline", "aria-describedby": "first", tabindex: "-1", lang: "en", dir: "ltr" });
      ground().append(dialog);
    }
    fill(faults, more);
    if (!open) {
      dialog.showModal();
      dialog.focus();
    }
  }

  function fill(faults, more) {
    var top = dialog.scrollTop;
    var held = root.activeElement && dialog.contains(root.activeElement);
    var count = faults.length + more;
    var header = make("div", "", { class: "head" });
    var hide = make("button", "Hide", { type: "button", title: "Hide until the next change (Escape)" });
    hide.addEventListener("click", function () { dialog.close(); });
    header.append(make("h1", count === 1 ? "One fault is in the way" : count + " faults are in the way", { id: "headline" }), hide);
    var list = make("ol", "", { role: "list" });
    faults.forEach(function (fault, number) { list.append(entry(fault, number)); });
    var foot = make("p", (more ? "And " + more + " more: `manifesto check` lists them all. " : "") + "The page below stays as it was. This goes by itself when all is mended.", { class: "foot" });
    dialog.replaceChildren(header, list, foot);
    dialog.scrollTop = top;
    if (held) dialog.focus();
  }

  function entry(fault, number) {
    var line = make("li");
    line.append(make("h2", fault.title, number ? {} : { id: "first" }));
    if (fault.place) {
      var place = make("p");
      if (fault.link) {
        place.append(make("a", fault.place, { href: fault.link, title: "Open it in the editor" }));
      } else {
        place.textContent = fault.place;
      }
      line.append(place);
    }
    if (fault.excerpt) line.append(make("pre", fault.excerpt, { tabindex: "0", role: "group", "aria-label": "Where it is" }));
    if (fault.help) line.append(make("p", "help: " + fault.help));
    return line;
  }

  function showAlone(wanted) {
    var mark = root && root.querySelector(".alone");
    if (wanted && !mark) {
      mark = make("div", "The preview has stopped", { class: "alone", role: "status", popover: "manual", lang: "en", dir: "ltr" });
      ground().append(mark);
      if (mark.showPopover) mark.showPopover(); // so that it lies over the faults, too
    }
    if (!wanted && mark) mark.remove();
  }

  restorePlace();
  listen();
})();
