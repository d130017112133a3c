// Small comforts of the frame: a word of success after a command, menus that close, and forms of filters that send
// themselves. Everything works without them.

const toast = document.getElementById("toast");
const said = sessionStorage.getItem("toast");
if (said) {
  sessionStorage.removeItem("toast");
  toast.textContent = said;
  setTimeout(() => (toast.textContent = ""), 4000);
}

// ?after= and ?lang= have done their work once the page is shown: a reload or a bookmark needs neither.
const here = new URL(window.location.href);
if (here.searchParams.has("after") || here.searchParams.has("lang")) {
  here.searchParams.delete("after");
  here.searchParams.delete("lang");
  history.replaceState(history.state, "", here);
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.who[open]")) menu.open = false;
  if (window.location.hash === "#menu") window.location.hash = "";
});

// <form class="filters" data-auto>: a change sends it.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-auto]");
  if (form) form.requestSubmit();
});
