// A filled-in Excel template is brought in: <form data-sheet="/api/projects/leads/import">. It is tried first, which says
// how many rows would come in or which cells are to be mended; only then is the second button there. The file goes as it
// is, with a key that stays the same until the import is answered: a retry after a broken line is one import.
const chinese = document.documentElement.lang === "zh-CN";
const texts = chinese
  ? {
      choose: "请选择填好的模板。", checking: "正在核对…", importing: "正在导入…",
      ready: (n) => `核对无误：共 ${n} 行可以导入，尚未存入。`,
      done: (n, first, last) => `已导入 ${n} 行，编号 ${first} 至 ${last}。`,
      list: "查看更新后的列表",
      more: (n) => `另有 ${n} 处，请先更正以上各处。`,
      away: "暂时无法连接服务，或文件已改动；请重新选择文件后再试（不会重复导入）。",
    }
  : {
      choose: "Choose the filled-in template.", checking: "Checking…", importing: "Importing…",
      ready: (n) => `Nothing is wrong: ${n} rows can come in. Nothing is stored yet.`,
      done: (n, first, last) => `${n} rows came in, ${first} to ${last}. `,
      list: "Show the list with them",
      more: (n) => `${n} more; mend these first.`,
      away: "The service could not be reached, or the file has changed. Choose it again and retry: it comes in once.",
    };

function prepare(form) {
  const [chooser, said, cells] = [form.querySelector("input[type=file]"), form.querySelector(".said"), form.querySelector(".table")];
  const bring = form.querySelector("button[value=import]");
  let key = window.sevenx.newKey();

  function show(text, errors = [], count = 0) {
    said.textContent = text;
    const rows = errors.map(({ at, zh, en }) => line(at, chinese ? zh : en));
    if (count > errors.length) rows.push(line("…", texts.more(count - errors.length)));
    cells.querySelector("tbody").replaceChildren(...rows);
    cells.hidden = rows.length === 0;
  }

  function clear() {
    form.querySelector(".problem").hidden = true;
    form.querySelector(".field-error").hidden = true;
    form.querySelector(".field").classList.remove("wrong");
    chooser.removeAttribute("aria-invalid");
    bring.hidden = true;
    show("");
  }

  function refuse(problem) {
    const box = form.querySelector(".problem");
    box.textContent = (chinese ? problem.detail_zh : problem.detail) ?? problem.title;
    box.hidden = false;
    show("", problem.errors ?? [], problem.count ?? 0);
  }

  async function give(dryRun) {
    const file = chooser.files[0];
    if (!file) return window.sevenx.mark(form.querySelector(".field"), texts.choose);
    clear();
    show(dryRun ? texts.checking : texts.importing);
    window.sevenx.busy(form, true);
    try {
      const query = new URLSearchParams({ name: file.name, dry_run: String(dryRun) });
      const answer = await window.sevenx.send(`${form.dataset.sheet}?${query}`, "POST", file, key, file.type || "application/octet-stream");
      const body = await answer.json();
      if (answer.status < 500 && !dryRun) key = window.sevenx.newKey();
      if (!answer.ok) refuse(body);
      else if (dryRun) {
        show(texts.ready(body.rows));
        bring.hidden = false;
      } else {
        chooser.value = "";
        show(texts.done(body.rows, body.first, body.last));
        said.append(listWith(body.after));
      }
    } catch {
      show("");
      refuse({ detail: texts.away, detail_zh: texts.away });
    }
    window.sevenx.busy(form, false);
  }

  chooser.addEventListener("change", () => {
    key = window.sevenx.newKey();
    clear();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.dataset.busy) give(event.submitter?.value !== "import");
  });
}

// This page's list from its beginning, with what has just come in.
function listWith(after) {
  const link = document.createElement("a");
  link.href = `${window.location.pathname}?${new URLSearchParams(after.map((position) => ["after", position]))}`;
  link.textContent = texts.list;
  return link;
}

function line(cell, text) {
  const row = document.createElement("tr");
  for (const one of [cell, text]) row.insertCell().textContent = one;
  return row;
}

for (const form of document.querySelectorAll("form[data-sheet]")) prepare(form);
