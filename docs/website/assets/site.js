// What the theme leaves to do for people who use a keyboard or a screen reader: tables that scroll can be
// reached, and the search has a name. The theme wraps tables after the page has loaded, so we watch for it.
function mend() {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) {
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "group");
    wrap.setAttribute("aria-label", "Table; scrolls sideways where it is wide");
  }
  document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");
}
mend();
new MutationObserver(mend).observe(document.querySelector("article") ?? document.body, { childList: true, subtree: true });
