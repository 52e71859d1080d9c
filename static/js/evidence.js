// The words behind a value, shown where its mark stands. Without script, or where the site does not answer, a mark is
// the link that it always was: to the claim on the entry's page.

const card = document.getElementById("evidence");
const body = document.getElementById("evidence-body");
const ENTRY = /^(?:\/(?:zh|en))?\/models\/[^/]+\/$/;
const WIDE = matchMedia("(width >= 40rem)");
const SPACE = 8;
let opener = null;

/** Where the words of `link` can be had as a part of a page; "" where it is no mark. */
function addressOf(link) {
  if (link.dataset.here !== undefined) return link.dataset.here || link.href;
  return claimAt(link.href);
}

function claimAt(href) {
  const { pathname, search, hash } = new URL(href);
  return hash && ENTRY.test(pathname) ? `${pathname}claims/${hash.slice(1)}/${search}` : "";
}

/** Whether the words stand on this page already, where the reader can see them. */
function standsHere(link) {
  const key = link.getAttribute("href")?.startsWith("#") && link.hash.slice(1);
  return Boolean(key && document.getElementById(key)?.checkVisibility?.());
}

// Below the mark, or above it where there is more room; on a phone the style sheet keeps it at the foot.
function place(near) {
  const mark = near.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = Math.min(mark.left, document.documentElement.clientWidth - width - SPACE);
  const below = mark.bottom + height + SPACE <= innerHeight || mark.top < height + SPACE;
  card.style.setProperty("--left", `${Math.max(left, SPACE) + scrollX}px`);
  card.style.setProperty("--top", `${(below ? mark.bottom : mark.top - height) + scrollY}px`);
  if (below) card.scrollIntoView({ block: "nearest" });
}

async function show(link, address) {
  opener = link;
  body.replaceChildren();
  await htmx.ajax("GET", address, { target: body, source: card, swap: "innerHTML" });
  if (opener !== link || !body.childElementCount) return;
  for (const button of body.querySelectorAll("[data-copy]")) button.hidden = false;
  card.showPopover();
  if (WIDE.matches) place(link);
  card.querySelector("button").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.mark, .chart__table a, [data-here]");
  const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || !card?.showPopover || !globalThis.htmx || standsHere(link)) return;
  const address = addressOf(link);
  if (!address) return;
  event.preventDefault();
  show(link, address);
});

// A mark of a chart is no element of the page, so the chart asks: with the address of its claim and where it was hit.
document.addEventListener("evidence", (event) => {
  const { href, x, y } = event.detail;
  const address = card?.showPopover && globalThis.htmx && claimAt(href);
  if (!address) return;
  event.preventDefault();
  show({ href, focus() {}, getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }, address);
});

const isOurs = (event) => event.detail.ctx?.target === body;
const follow = () => (opener?.href ? location.assign(opener.href) : (opener.closest("details").open = true));

// Only what the site itself says is shown; an error is the page that it would be without script.
document.addEventListener("htmx:before:response", (event) => {
  if (!isOurs(event) || event.detail.ctx.response.raw.ok) return;
  event.preventDefault();
  follow();
});
document.addEventListener("htmx:error", (event) => isOurs(event) && follow());

card?.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  // Back to the mark, unless the reader chose something else: a click on nothing gives the focus to the page.
  const focused = document.activeElement;
  if (card.contains(focused) || focused?.matches("body, main")) opener?.focus({ preventScroll: true });
});
