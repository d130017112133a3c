// On a phone a long page begins folded: <details open data-fold-narrow>. Without scripts, and wider, all of it is there.
// What an address points at is not folded away.
if (window.matchMedia("(max-width: 760px)").matches) {
  for (const one of document.querySelectorAll("details[data-fold-narrow]")) {
    if (!one.querySelector(":target")) one.open = false;
  }
}
