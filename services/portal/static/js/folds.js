// On a phone a long page begins folded: <details open data-fold-narrow>. Without scripts, and wider, all of it is there.
if (window.matchMedia("(max-width: 760px)").matches) {
  for (const one of document.querySelectorAll("details[data-fold-narrow]")) one.open = false;
}
