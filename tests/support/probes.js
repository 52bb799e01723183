/* What tests ask a page about itself. It is there before the page is, changes nothing in it, and only measures. */

globalThis.probes = (() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();

  /* Red, green, blue and alpha of a colour in any notation, as the browser paints it. */
  function rgba(colour) {
    if (!known.has(colour)) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = "transparent";
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
      known.set(colour, [...paint.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  }

  /* WCAG 2.2, "contrast ratio" and "relative luminance". */
  function contrast(one, other) {
    const [high, low] = [one, other]
      .map((colour) => {
        const [r, g, b] = colour.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      })
      .sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }

  /* The colour behind an element: its own ground, or the nearest one around it. */
  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 127) return colour;
    }
    return rgba("Canvas");
  }

  function hiddenFromSight(element) {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath.startsWith("inset(50%") || (style.position === "absolute" && at.offsetWidth <= 1 && at.offsetHeight <= 1)) return true;
    }
    return false;
  }

  function seen(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0 && !hiddenFromSight(element);
  }

  function name(element) {
    const words = (element.innerText || element.getAttribute("aria-label") || element.id || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const path = element.tagName.toLowerCase() + [...element.classList].map((one) => "." + one).join("");
    const parent = element.parentElement;
    return `${parent ? parent.tagName.toLowerCase() + [...parent.classList].map((one) => "." + one).join("") + " > " : ""}${path} "${words}"`;
  }

  function* texts(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"].includes(node.parentElement.tagName) && seen(node.parentElement)) yield node;
    }
  }

  function rectangles(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  }

  /* The nearest element that is scrolled by itself or cuts off what does not fit, but not the page. */
  function frame(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return at;
    }
    return null;
  }

  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

  function tabbable() {
    const chosen = new Map();
    return [...document.querySelectorAll(CONTROLS)].filter((element) => {
      if (element.tabIndex < 0 || element.disabled || !element.checkVisibility({ visibilityProperty: true }) || !element.getClientRects().length) return false;
      if (element.type !== "radio" || !element.name) return true;
      const group = [...document.getElementsByName(element.name)];
      if (!chosen.has(element.name)) chosen.set(element.name, group.find((one) => one.checked) || group[0]);
      return chosen.get(element.name) === element;
    });
  }

  /* Elements of which no more than a few have the same names around them: what looks alike is looked at three times. */
  function unlike(elements) {
    const times = new Map();
    return elements.filter((element) => {
      let kind = "";
      for (let at = element, i = 0; at && i < 4; at = at.parentElement, i += 1) kind += `${at.tagName}.${at.className} `;
      times.set(kind, (times.get(kind) ?? 0) + 1);
      return times.get(kind) <= 3;
    });
  }

  /* -- what can be asked -- */

  function page() {
    return {
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      links: [...document.querySelectorAll("a[href], area[href], link[href]")].map((element) => element.href),
      sources: [...document.querySelectorAll("[src]")].map((element) => element.src),
      unstyled: document.styleSheets.length !== 1 || document.styleSheets[0].href === null,
      policy: document.head.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "",
      policyFirst: [...document.head.children].findIndex((one) => one.httpEquiv === "Content-Security-Policy") <= 1,
      inline: [...document.querySelectorAll("[style], style, script:not([src]):not([type='application/ld+json'])")].map(name),
    };
  }

  async function kept() {
    const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
    return [
      ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
      ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
      ...(await indexedDB.databases()).map((one) => `database ${one.name}`),
      ...(globalThis.caches ? await caches.keys() : []).map((key) => `cache ${key}`),
      ...workers.map((one) => `worker ${one.scope}`),
    ];
  }

  function open() {
    for (const element of document.querySelectorAll("details")) element.open = true;
  }

  /* Text or a page that is wider than the window, and text that is cut off. */
  function overflow() {
    const found = [];
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > room) {
      const wide = [...document.body.querySelectorAll("*")].filter((element) => {
        const box = element.getBoundingClientRect();
        return (box.right > room + 1 || box.left < -1) && !frame(element.parentElement);
      });
      const deepest = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
      found.push(`${document.documentElement.scrollWidth} pixels wide where there are ${room}: ${deepest.slice(0, 3).map(name).join("; ")}`);
    }
    for (const node of texts()) {
      const around = frame(node.parentElement);
      const scrolls = around && ["auto", "scroll"].includes(getComputedStyle(around).overflowX);
      if (scrolls) continue;
      const edge = around ? around.getBoundingClientRect() : { left: 0, right: room };
      if (rectangles(node).some((box) => box.right > edge.right + 1.5 || box.left < edge.left - 1.5)) {
        found.push(`text is cut off: ${name(node.parentElement)}`);
      }
    }
    return found.slice(0, 10);
  }

  const SMALLEST = 44;

  /* A link in running text: it is laid out as text, and in its block there are words that are no link (WCAG 2.2, 2.5.5, "inline"). */
  function inRunningText(element) {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const words = [...texts(block)].filter((node) => !node.parentElement.closest("a"));
    return words.some((node) => /[\p{L}\p{N}]/u.test(node.data));
  }

  function reached(element, box) {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const now = element.getBoundingClientRect();
    const [x, y] = [now.left + now.width / 2, now.top + now.height / 2];
    const half = SMALLEST / 2 - 1;
    const spans = (dx, dy) => {
      let reach = 0;
      for (const side of [1, -1]) {
        let far = 0;
        while (far < SMALLEST) {
          const there = document.elementFromPoint(x + dx * side * (far + 1), y + dy * side * (far + 1));
          if (!there || !(element.contains(there) || [...(element.labels ?? [])].some((label) => label.contains(there)))) break;
          far += 1;
        }
        reach += far;
      }
      return reach + 1;
    };
    return half > 0 && Math.max(box.height, spans(0, 1)) >= SMALLEST - 1 && Math.max(box.width, spans(1, 0)) >= SMALLEST - 1;
  }

  /* Controls of less than 44 pixels either way, whether by their own box or by where a finger meets them. */
  function targets() {
    const found = [];
    for (const element of document.querySelectorAll(CONTROLS)) {
      if (element.tabIndex < 0 || !seen(element) || inRunningText(element)) continue;
      if (element.matches("[tabindex]:not(a, button, input, summary)")) continue; // a region that scrolls
      const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
      const large = boxes.some((box) => box.width >= SMALLEST - 0.5 && box.height >= SMALLEST - 0.5);
      if (!large && !reached(element, boxes[0])) found.push(`${Math.round(boxes[0].width)} by ${Math.round(boxes[0].height)}: ${name(element)}`);
    }
    return found.slice(0, 10);
  }

  function moving() {
    const found = document.getAnimations().map((one) => `runs: ${one.animationName ?? one.transitionProperty} on ${name(one.effect.target)}`);
    if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") found.push("scrolls smoothly");
    for (const element of document.querySelectorAll("body, body *")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
        if (style.animationName !== "none" && lasts(style.animationDuration)) found.push(`animation: ${name(element)}${part ?? ""}`);
        if (style.transitionProperty !== "none" && lasts(style.transitionDuration)) found.push(`transition: ${name(element)}${part ?? ""}`);
      }
    }
    return found.slice(0, 10);
  }

  /* Text that is told from its ground by less than this; large text needs less for 4.5 (WCAG 2.2, 1.4.3 and 1.4.6). */
  function faint(least) {
    const found = new Set();
    for (const node of texts()) {
      const element = node.parentElement;
      if (element.closest("svg[aria-hidden=true], [aria-disabled=true], :disabled")) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      const ratio = contrast(rgba(element.closest("svg") ? style.fill : style.color), ground(element));
      if (ratio < (large ? (least === 7 ? 4.5 : 3) : least) - 0.005) found.add(`${ratio.toFixed(2)} : 1 of ${name(element)}`);
    }
    return [...found].slice(0, 10);
  }

  /* With the colours of the reader's system: text that is not told from its ground, and controls that stood out by their ground alone. */
  function solid() {
    return [...document.querySelectorAll("a[href], button, input, select, summary, label")]
      .filter((element) => seen(element) && getComputedStyle(element).display !== "inline")
      .filter((element) => {
        const own = rgba(getComputedStyle(element).backgroundColor);
        return own[3] > 127 && contrast(own, ground(element.parentElement)) > 1.2;
      });
  }

  function forced(stoodOut) {
    const found = [];
    for (const element of stoodOut) {
      const style = getComputedStyle(element);
      const bordered = ["Top", "Left"].every((side) => parseFloat(style[`border${side}Width`]) >= 1 && !["none", "hidden"].includes(style[`border${side}Style`]));
      if (!bordered && !(style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)) found.push(`without a border: ${name(element)}`);
    }
    for (const node of texts()) {
      const element = node.parentElement;
      if (element.closest("svg[aria-hidden=true]")) continue;
      const style = getComputedStyle(element);
      const colour = rgba(element.closest("svg") ? style.fill : style.color);
      if (colour[3] < 128 || contrast(colour, ground(element)) < 4.5) found.push(`text is not to be seen: ${name(element)}`);
    }
    return [...new Set(found)].slice(0, 10);
  }

  /* In a script that runs from right to left the title stands at the right. */
  function mirrored() {
    if (getComputedStyle(document.documentElement).direction !== "rtl") return ["runs from left to right"];
    const title = document.querySelector("h1");
    const boxes = [...texts(title)].flatMap(rectangles);
    const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
    return innerWidth - right > left + 8 ? [`stands at the left: ${name(title)}`] : [];
  }

  /* -- the keyboard -- */

  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "backgroundColor", "boxShadow", "borderTopColor", "borderBottomColor", "borderTopWidth", "borderBottomWidth"];

  function around(element) {
    const near = [element, ...(element.labels ?? []), ...[...element.querySelectorAll("*")].slice(0, 12)];
    for (let at = element.parentElement, i = 0; at && at !== document.body && i < 3; at = at.parentElement, i += 1) near.push(at);
    if (element.nextElementSibling) near.push(element.nextElementSibling);
    return near.flatMap((one) => [[one, null], [one, "::before"], [one, "::after"]]);
  }

  function looks(element) {
    return around(element).map(([one, part]) => {
      const style = getComputedStyle(one, part);
      return { style: Object.fromEntries(LOOKS.map((look) => [look, style[look]])), grounds: [ground(one), ground(one.parentElement ?? one)] };
    });
  }

  /* Whether something about the element or its surroundings changed in a colour that is told from what is behind it by 3 : 1 (WCAG 2.2, 1.4.11). */
  function shown(before, after) {
    return before.some((was, i) => {
      const now = after[i]?.style;
      if (!now) return false;
      const colours = [];
      const changed = (...names) => names.some((one) => was.style[one] !== now[one]);
      if (now.outlineStyle !== "none" && parseFloat(now.outlineWidth) >= 2 && changed("outlineStyle", "outlineWidth", "outlineColor")) colours.push(now.outlineColor);
      if (changed("backgroundColor")) colours.push(now.backgroundColor);
      if (changed("boxShadow")) colours.push(...(now.boxShadow.match(/[a-z]+\([^)]*\)|#[0-9a-f]+/gi) ?? []));
      for (const side of ["Top", "Bottom"]) {
        if (parseFloat(now[`border${side}Width`]) >= 2 && changed(`border${side}Color`, `border${side}Width`)) colours.push(now[`border${side}Color`]);
      }
      return colours.map(rgba).some((colour) => colour[3] > 200 && was.grounds.some((behind) => contrast(colour, behind) >= 3));
    });
  }

  function inView(element) {
    return !!element && [...element.getClientRects()].some((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0);
  }

  let before = new Map();
  let walked = [];
  const amiss = new Set();

  function judge(element) {
    if (before.get(element) && !shown(before.get(element), looks(element))) amiss.add(`no sign of the focus: ${name(element)}`);
    if (!inView(element) || (hiddenFromSight(element) && !element.labels?.length)) amiss.add(`out of sight with the focus: ${name(element)}`);
  }

  /* Ready for a walk with the key: the number of elements that it should come to. */
  function startWalk() {
    document.activeElement?.blur();
    const expected = tabbable();
    const judged = new Set(unlike(expected));
    before = new Map(expected.map((element) => [element, judged.has(element) ? looks(element) : null]));
    walked = [];
    amiss.clear();
    document.addEventListener("focusin", (event) => {
      walked.push(event.target);
      judge(event.target);
    });
    return expected.length;
  }

  function endWalk(pressed) {
    const found = [...amiss];
    const expected = [...before.keys()].slice(0, pressed);
    const own = walked.filter((element) => before.has(element));
    for (let i = 1; i < walked.length; i += 1) {
      const back = walked[i - 1].compareDocumentPosition(walked[i]) & Node.DOCUMENT_POSITION_PRECEDING;
      if (back && walked.indexOf(walked[i]) !== 0) found.push(`goes back from ${name(walked[i - 1])} to ${name(walked[i])}`);
    }
    for (const element of expected) if (!own.includes(element)) found.push(`is left out: ${name(element)}`);
    for (const element of document.querySelectorAll("[tabindex]")) if (element.tabIndex > 0) found.push(`has an order of its own: ${name(element)}`);
    return found.slice(0, 10);
  }

  /* The same without keys, in other colours or widths: what was focused by a key before lets the browser show the focus. */
  function focusEach() {
    amiss.clear();
    document.activeElement?.blur();
    const all = unlike(tabbable());
    before = new Map(all.map((element) => [element, looks(element)]));
    for (const element of all) {
      element.focus();
      if (!element.matches(":focus-visible")) amiss.add(`focus is not shown to keys: ${name(element)}`);
      judge(element);
    }
    document.activeElement?.blur();
    return [...amiss].slice(0, 10);
  }

  /* Goes to what the key has come to first, and says whether that leads to the main part of the page. */
  function goToFirst() {
    const first = walked[0] ?? document.body;
    first.focus();
    const target = first.hash ? document.getElementById(first.hash.slice(1)) : null;
    return { name: name(first), leads: !!target?.matches("main, main *") };
  }

  function pastTheTop() {
    const main = document.querySelector("main");
    const here = document.activeElement;
    return main.contains(here) || !!(main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  /* -- paper -- */

  const HEADING = "rgb(1, 0, 2)";

  /* A heading that is all there is of an entry in a list has nothing below it to be parted from. */
  function isEntry(heading) {
    const [entry, own] = [heading.closest("li")?.getBoundingClientRect(), heading.getBoundingClientRect()];
    return !!entry && entry.bottom - own.bottom < own.height;
  }

  /* Gives headings a colour by which they are known on paper; says which links must be spelled out and what must not be printed. */
  function toPaper() {
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      if (isEntry(heading)) continue;
      for (const element of [heading, ...heading.querySelectorAll("*")]) {
        element.style.setProperty("color", HEADING, "important");
        element.style.setProperty("-webkit-text-fill-color", HEADING, "important");
      }
    }
    const inPage = (nav) => [...nav.querySelectorAll("a")].every((link) => link.getAttribute("href").startsWith("#"));
    const links = [...document.querySelectorAll("main a[href^='http']")].filter(seen);
    return {
      imprint: document.querySelector("footer .imprint, .imprint")?.innerText ?? "",
      addresses: [...new Set(links.filter((link) => new URL(link.href).origin !== location.origin).map((link) => link.getAttribute("href")))],
      navigation: [...document.querySelectorAll("nav, [role=navigation], .skip, a[href='#_main'], fieldset, button")].filter((one) => seen(one) && !(one.matches("nav") && inPage(one))).map(name),
      closed: [...document.querySelectorAll("details > :not(summary)")].filter((one) => one.textContent.trim() && one.parentElement.checkVisibility() && !one.checkVisibility()).map(name),
    };
  }

  return { page, kept, open, overflow, targets, moving, mirrored, faint, solid, forced, startWalk, endWalk, focusEach, goToFirst, pastTheTop, toPaper, inView, seen, name, tabbable };
})();
