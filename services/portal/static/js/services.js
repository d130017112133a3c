// The state of each service, asked by the operator's own browser every few seconds while the page is looked at.

const EVERY = 5000;
const table = document.getElementById("services");
const time = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });

async function ask(row) {
  const cell = (name) => row.querySelector(`[data-cell="${name}"]`);
  try {
    const answer = await fetch(`/api/${row.dataset.area}/status`, { credentials: "same-origin" });
    if (answer.status === 401) return window.location.reload();
    if (!answer.ok) return badge(cell("state"), `${table.dataset.away} (${answer.status})`, "bad");
    const status = await answer.json();
    const reading = status.reader?.state === "running";
    badge(cell("state"), reading ? table.dataset.running : `${table.dataset.notReading}: ${status.reader?.state}`, reading ? "good" : "bad");
    cell("outbox").textContent = status.outbox.rows;
    cell("lag").textContent = status.reader?.lag ?? "—";
    const aside = Object.values(status.reader?.quarantine ?? {}).reduce((sum, n) => sum + n, 0);
    if (aside) badge(cell("set-aside"), aside, "warn");
    else cell("set-aside").textContent = 0;
    cell("time").textContent = time.format(new Date(status.business_time));
  } catch {
    badge(cell("state"), table.dataset.away, "bad");
  }
}

function badge(cell, text, tone) {
  const made = document.createElement("span");
  made.className = `badge ${tone}`;
  made.textContent = text;
  cell.replaceChildren(made);
}

function askAll() {
  if (!document.hidden) table.querySelectorAll("tr[data-area]").forEach(ask);
}

askAll();
setInterval(askAll, EVERY);
