// Forms that give commands: <form data-command="/api/area/…" data-method="POST" data-then="/where/to/go/on">.
//
// A form's contents become a JSON body and are sent to the service that owns the command, with an Idempotency-Key that
// stays the same until the command is answered: a double click or a retry after a broken line is one command. The answer
// names the positions after which all that the command did is shown; the next page is asked for with ?after= each.

const ATTEMPTS = 4;
const texts = {
  "zh-CN": {
    number: "请输入数字，例如 1200000 或 12.5", required: "请填写此项", marked: "请更正标出的内容。", sending: "正在提交…", done: "已保存",
    away: "暂时无法连接服务，已多次重试；您的内容仍在页面上，请稍后再提交（不会重复）。",
  },
  en: {
    number: "A number, such as 1200000 or 12.5", required: "Please fill this in", marked: "Please mend what is marked.", sending: "Sending…", done: "Saved",
    away: "The service could not be reached, even after several tries. Your entries are still here: send again later, it will count once.",
  },
};
const say = (key) => (texts[document.documentElement.lang] ?? texts.en)[key];
const csrf = document.querySelector('meta[name="csrf-token"]');
const pending = new WeakMap(); // form -> { body, key }: what was sent and is not answered yet
const VISIBLE = "input:not([type=hidden]), select, textarea";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.command) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return;
  give(form, event.submitter);
});

async function give(form, submitter) {
  clear(form);
  const places = new Map();
  const body = JSON.stringify(closedUp(bodyOf(form, submitter), places));
  if (form.querySelector(".field.wrong")) return focusFirst(form);
  const known = pending.get(form);
  const key = known?.body === body ? known.key : newKey();
  pending.set(form, { body, key });
  busy(form, true);
  try {
    const answer = await send(form.dataset.command, form.dataset.method || "POST", body, key);
    if (answer.ok) {
      pending.delete(form);
      goOn(form, (await answer.json()).after);
      return; // the buttons stay off: the page is about to change
    }
    if (answer.status < 500) pending.delete(form);
    show(form, await answer.json(), places);
  } catch {
    problem(form, say("away"));
  }
  busy(form, false);
}

// The answer, after as many tries as it is worth: nothing is lost by trying, the key makes it one command.
async function send(url, method, body, key, type = "application/json") {
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    let answer;
    try {
      answer = await fetch(url, {
        method,
        body,
        credentials: "same-origin",
        headers: { "Content-Type": type, "Idempotency-Key": key, "X-CSRF-Token": csrf.content },
      });
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await pause(attempt);
      continue;
    }
    if ((answer.status === 401 || answer.status === 403) && !renewed && (await renew(answer.clone()))) {
      renewed = true;
      continue;
    }
    if (![502, 503, 504].includes(answer.status) || attempt >= ATTEMPTS) return answer;
    await pause(attempt);
  }
}

// An expired login is renewed from the session; a CSRF token that another tab has replaced is read anew.
async function renew(answer) {
  const code = ((await answer.json().catch(() => ({}))).type ?? "").split(":").pop();
  let fresh;
  if (answer.status === 401) fresh = await fetch("/session/refresh", { method: "POST", credentials: "same-origin" });
  else if (code === "csrf-token-wrong") fresh = await fetch("/session/csrf", { credentials: "same-origin" });
  else return false;
  if (!fresh.ok) {
    if (answer.status === 401) {
      window.location.assign(`/session/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
    }
    return false;
  }
  csrf.content = (await fresh.json()).csrf;
  return true;
}

function goOn(form, after = []) {
  const there = new URL(form.dataset.then || window.location.href, window.location.origin);
  there.hash = "";
  there.searchParams.delete("after");
  for (const position of after) there.searchParams.append("after", position);
  sessionStorage.setItem("toast", say("done"));
  window.location.assign(there);
}

// Fields by their data-kind; `a.b` nests, `a.0.b` is a list's first; an empty field that is not required is left out.
// What stands in a [data-entry] goes together: while nothing that is seen in it is filled in, nothing of it is sent, its
// hidden fields neither; otherwise an empty field says what its data-empty has.
function bodyOf(form, submitter) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || (field.type === "radio" && !field.checked) || unused(field)) continue;
    if (field instanceof HTMLButtonElement && field !== submitter) continue;
    const value = valueOf(field);
    if (value === undefined) {
      if (field.required) wrong(field, say("required"));
      continue;
    }
    const path = field.name.split(".");
    const last = path.pop();
    const nested = (n) => (/^\d+$/.test(path[n + 1] ?? last) ? [] : {});
    const at = path.reduce((inner, part, n) => (inner[part] ??= nested(n)), body);
    at[last] = value;
  }
  return body;
}

function unused(field) {
  const filled = (one) => one.name && (one.type === "checkbox" ? one.checked : one.value.trim());
  for (let entry = field.closest("[data-entry]"); entry; entry = entry.parentElement.closest("[data-entry]")) {
    if (![...entry.querySelectorAll(VISIBLE)].some(filled)) return true;
  }
  return false;
}

// Lists without the gaps of what was left out. `places` keeps where in the form each entry stood: the service names
// what is wrong by the numbers of what was sent.
function closedUp(value, places, sent = "", stood = "") {
  if (Array.isArray(value)) {
    const kept = [];
    value.forEach((one, n) => {
      if (one == null) return;
      const at = `${sent}${kept.length}`;
      places.set(at, `${stood}${n}`);
      kept.push(closedUp(one, places, `${at}.`, `${stood}${n}.`));
    });
    return kept;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closedUp(one, places, `${sent}${key}.`, `${stood}${key}.`)]));
}

// The field's name for a place in what was sent.
function nameOf(path, places) {
  const parts = path.split(".");
  for (let n = parts.length; n > 0; n -= 1) {
    const stood = places.get(parts.slice(0, n).join("."));
    if (stood) return [stood, ...parts.slice(n)].join(".");
  }
  return path;
}

function valueOf(field) {
  const text = field.value.trim();
  switch (field.dataset.kind) {
    case "flag":
      return field.checked;
    case "list":
      return text ? text.split("\n").map((line) => line.trim()).filter(Boolean) : undefined;
    case "integer":
    case "number":
    case "money": {
      if (!text) return field.dataset.empty;
      const plain = text.replaceAll(",", "").replaceAll("，", "");
      if (!/^-?\d+(\.\d+)?$/.test(plain)) {
        wrong(field, say("number"));
        return null;
      }
      return field.dataset.kind === "integer" ? Number(plain) : plain; // decimals go as text, so that none is rounded
    }
    case "json":
      return JSON.parse(field.value);
    default:
      return text || undefined;
  }
}

// An RFC 9457 problem: each message at the field that it names, the rest above the form.
function show(form, document_, places) {
  const chinese = document.documentElement.lang === "zh-CN";
  const message = (chinese ? document_.detail_zh : document_.detail) ?? document_.detail ?? document_.title;
  let placed = 0;
  const named = [...form.querySelectorAll("[data-field]")];
  for (const { where, message: text, message_zh: zh } of document_.fields ?? []) {
    const path = nameOf(where.replace(/^body\./, ""), places);
    const box =
      named.filter((one) => path === one.dataset.field || path.startsWith(`${one.dataset.field}.`)).sort(innermost)[0] ??
      named.find((one) => one.dataset.field.endsWith(`.${path}`)); // a rule knows its own command, not what it came within
    if (!box) continue;
    mark(box, chinese ? zh : text.replace(/^Value error, /, "").split(" / ")[0], box.querySelector(`[name="${CSS.escape(path)}"]`));
    placed += 1;
  }
  const marked = placed && placed === document_.fields.length; // the request's own names for them say nothing more
  problem(form, marked ? say("marked") : message, document_.rule);
  if (placed) focusFirst(form);
}

const innermost = (one, other) => other.dataset.field.length - one.dataset.field.length;

function problem(form, message, rule) {
  const box = form.querySelector(".problem");
  box.textContent = message;
  if (rule) {
    const source = document.createElement("small");
    source.textContent = rule;
    box.append(source);
  }
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

function wrong(field, message) {
  const box = field.closest("[data-field]");
  if (box) mark(box, message, field);
  else problem(field.form, message);
}

function mark(box, message, field) {
  box.classList.add("wrong");
  const place = box.querySelector(".field-error");
  if (place) {
    place.textContent = message;
    place.hidden = false;
  }
  (field ?? box.querySelector(VISIBLE))?.setAttribute("aria-invalid", "true");
  for (let fold = box.closest("details:not([open])"); fold; fold = box.closest("details:not([open])")) fold.open = true;
}

function clear(form) {
  form.querySelector(".problem").hidden = true;
  for (const box of form.querySelectorAll(".field.wrong")) {
    box.classList.remove("wrong");
    box.querySelector(".field-error").hidden = true;
    for (const field of box.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }
}

function busy(form, on) {
  form.toggleAttribute("aria-busy", on);
  if (on) form.dataset.busy = "1";
  else delete form.dataset.busy;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", String(on));
}

function focusFirst(form) {
  (form.querySelector(".field.wrong [aria-invalid]") ?? form.querySelector(`.field.wrong :is(${VISIBLE})`))?.focus();
}

const pause = (attempt) => new Promise((resolve) => setTimeout(resolve, 400 * 2 ** (attempt - 1)));
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

window.sevenx = { send, mark, newKey, busy, goOn }; // for documents.js, sheets.js and roster_files.js, which send files in the same way
