// The roster as files: <form data-roster="/api/registry/roster/import/file"> sends the file that is chosen in it, one with
// a field `reason` takes an import back. Both are tried first: the difference is shown, or what is wrong, by file and line,
// or what stands in the way; only then is the second button there. A retry after a broken line counts once.
const chinese = document.documentElement.lang === "zh-CN";
const texts = chinese
  ? {
      choose: "请选择文件。", required: "请填写此项", trying: "正在核对，尚未存入…", giving: "正在提交…",
      same: "与现有名册一致，没有变动。",
      ready: (told) => `核对无误：${told}。尚未存入。`,
      back: (n) => `将撤回 ${n} 项，没有障碍。尚未存入。`,
      barred: (n) => `有 ${n} 处障碍，不能回滚；未存入任何内容。`,
      more: (n) => `另有 ${n} 处，请先更正以上各处。`,
      kinds: { new: "新增", changed: "变更", ended: "终止", kept: "保持" }, taken: "撤回",
      count: (kind, n) => `${kind} ${n} 项`, and: "，", district: "全区", person: "人员",
      labels: { of: "对象", what: "内容", at: "出处", why: "原因", mend: "问题" },
      away: "暂时无法连接服务，或文件已改动；请重新选择文件后再试（不会重复存入）。",
    }
  : {
      choose: "Choose a file.", required: "Please fill this in", trying: "Checking; nothing is stored…", giving: "Sending…",
      same: "The roster says the same already; nothing would change.",
      ready: (told) => `Nothing is wrong: ${told}. Nothing is stored yet.`,
      back: (n) => `${n} would be taken back, and nothing stands in the way. Nothing is stored yet.`,
      barred: (n) => `${n} things stand in the way; it cannot be taken back. Nothing was stored.`,
      more: (n) => `${n} more; mend these first.`,
      kinds: { new: "new", changed: "changed", ended: "ended", kept: "kept" }, taken: "taken back",
      count: (kind, n) => `${n} ${kind}`, and: ", ", district: "The district", person: "A person",
      labels: { of: "Of", what: "What", at: "Where", why: "Why", mend: "What is wrong" },
      away: "The service could not be reached, or the file has changed. Choose it again and retry: it counts once.",
    };
const TONES = { new: "good", changed: "info", ended: "warn", kept: "plain" };
const MOST_WRONGS = 200;

function prepare(form) {
  const { send, mark, newKey, busy, goOn } = window.sevenx;
  const [chooser, reason] = [form.querySelector("input[type=file]"), form.querySelector("[name=reason]")];
  const [said, wrongs, differences] = [".said", ".wrongs", ".differences"].map((one) => form.querySelector(one));
  const [first, second] = ["try", "give"].map((one) => form.querySelector(`button[value=${one}]`));
  const names = JSON.parse(form.dataset.names);
  let key = newKey();

  const nameOf = (stream) => names[stream] ?? { D: texts.district, N: texts.person }[stream.split("-")[1]] ?? stream;
  const words = ({ zh, en }) => (chinese ? zh : en);

  function clear() {
    form.querySelector(".problem").hidden = true;
    for (const box of form.querySelectorAll(".field.wrong")) {
      box.classList.remove("wrong");
      box.querySelector(".field-error").hidden = true;
    }
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    offer(false);
    wrongs.hidden = differences.hidden = true;
    said.textContent = "";
  }

  function offer(ready) {
    second.hidden = !ready;
    first.classList.toggle("quiet", ready); // what comes next stands out
  }

  function list(table, rows) {
    table.querySelector("tbody").replaceChildren(...rows);
    table.hidden = rows.length === 0;
  }

  function listWrongs(found, label) {
    const rows = found.slice(0, MOST_WRONGS).map(([at, text]) => line([["head", "", at], ["", label, text]]));
    if (found.length > rows.length) rows.push(line([["head", "", "…"], ["", "", texts.more(found.length - rows.length)]]));
    list(wrongs, rows);
  }

  function refuse(problem) {
    const box = form.querySelector(".problem");
    box.textContent = (chinese ? problem.detail_zh : problem.detail) ?? problem.title;
    box.hidden = false;
    said.textContent = "";
    const errors = (problem.errors ?? []).map((one) => [`${one.file}:${one.line}`, words(one)]);
    const bars = (problem.obstacles ?? []).map((one) => [nameOf(one.stream), words(one)]);
    listWrongs([...errors, ...bars], errors.length ? texts.labels.mend : texts.labels.why);
    box.scrollIntoView({ block: "nearest" });
  }

  function show(body) {
    const bars = body.obstacles ?? [];
    const told = body.differences.map((one) =>
      line([
        ["head", "", marked(texts.kinds[one.kind] ?? texts.taken, `badge ${TONES[one.kind] ?? "warn"}`)],
        ["", texts.labels.of, nameOf(one.stream)],
        ["", texts.labels.what, words(one)],
        ["from", texts.labels.at, one.at ? marked(one.at, "mono") : ""],
      ]),
    );
    list(differences, told);
    differences.classList.toggle("without-place", body.differences.every((one) => !one.at));
    listWrongs(bars.map((one) => [nameOf(one.stream), words(one)]), texts.labels.why);
    offer(bars.length === 0 && body.differences.some((one) => one.mark !== "="));
    if (bars.length) said.textContent = texts.barred(bars.length);
    else if (second.hidden) said.textContent = texts.same + (told.length ? ` ${counted(body.differences)}` : "");
    else said.textContent = chooser ? texts.ready(counted(body.differences)) : texts.back(told.length);
  }

  function counted(found) {
    const of = (kind) => found.filter((one) => one.kind === kind).length;
    const parts = Object.entries(texts.kinds).filter(([kind]) => of(kind));
    return parts.map(([kind, name]) => texts.count(name, of(kind))).join(texts.and);
  }

  function sendIt(dryRun) {
    if (!chooser) return send(form.dataset.roster, "POST", JSON.stringify({ reason: reason.value.trim(), dry_run: dryRun }), key);
    const [file] = chooser.files;
    const query = new URLSearchParams({ name: file.name, dry_run: String(dryRun) });
    return send(`${form.dataset.roster}?${query}`, "POST", file, key, "application/octet-stream");
  }

  async function give(dryRun) {
    clear();
    if (chooser && !chooser.files.length) return mark(chooser.closest(".field"), texts.choose);
    if (reason && !reason.value.trim()) return mark(reason.closest(".field"), texts.required);
    said.textContent = dryRun ? texts.trying : texts.giving;
    busy(form, true);
    try {
      const answer = await sendIt(dryRun);
      const body = await answer.json();
      if (answer.status < 500) key = newKey();
      if (!answer.ok) refuse(body);
      else if (dryRun || !body.position) show(body);
      else {
        if (chooser) form.dataset.then = `${form.dataset.then}/${body.number}`;
        return goOn(form, body.after); // the buttons stay off: the page is about to change
      }
    } catch {
      refuse({ detail: texts.away, detail_zh: texts.away });
    }
    busy(form, false);
  }

  for (const field of [chooser, reason].filter(Boolean)) {
    field.addEventListener(field === chooser ? "change" : "input", () => {
      key = newKey();
      clear();
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.dataset.busy) give(event.submitter?.value !== "give");
  });
}

// A row of [class, label on a phone, text or element].
function line(cells) {
  const row = document.createElement("tr");
  for (const [kind, label, contents] of cells) {
    const cell = row.insertCell();
    if (kind) cell.className = kind;
    if (label) cell.dataset.label = label;
    cell.append(contents);
  }
  return row;
}

function marked(text, kind) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = text;
  return made;
}

for (const form of document.querySelectorAll("form[data-roster]")) prepare(form);
