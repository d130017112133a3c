// A document is filed by its SHA-256. Beside each field for one stands a chooser: what is chosen is sent to the store of
// documents, for the lead, project or procedure that the form is about, and its SHA-256 is filled in. Where a form is
// about something else, or nothing is stored here, the file is hashed in the browser and sent nowhere.
const chinese = document.documentElement.lang === "zh-CN";
const ABOUT = /^\/api\/projects\/(?:projects|leads|procedures)\/([0-9]{6}-[LPH]-[0-9]{4}-[0-9]+)(?:\/|$)/;
const TAKEN = ".pdf,.jpg,.jpeg,.png,.ofd,.doc,.docx,.xls,.xlsx";
const PAPERS = [
  [/^vouchers\./, "voucher"], [/^minutes_/, "minutes"], [/^document_/, "gate"], [/^(basis|evidence)_/, "promise"],
  [/^documents\./, "evidence"],
]; // what a document is, by its field's name
const texts = chinese
  ? {
      choose: "选择文件", chooseOnly: "选择文件以计算指纹", sending: "正在上传…", stored: "已上传", notKept: "本系统不保存文件，只登记指纹",
      hashed: "已算出指纹，文件未上传", away: "文件没有上传成功，请检查网络后重新选择。",
    }
  : {
      choose: "Choose the file", chooseOnly: "Choose a file to hash", sending: "Sending…", stored: "Stored",
      notKept: "Files are not kept here; its hash is filed", hashed: "Hashed; the file was not sent",
      away: "The file could not be sent. Check the connection and choose it again.",
    };

async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function paperOf(field) {
  const found = PAPERS.find(([name]) => name.test(field.name));
  if (found) return found[1];
  const command = field.form.dataset.command;
  return command.startsWith("/api/projects/procedures/") ? "procedure" : command.endsWith("/talks") ? "talk" : "evidence";
}

// The file's SHA-256 as the store knows it; an error whose message is to be shown.
async function store(field, file, subject, say) {
  const query = new URLSearchParams({ for: subject, name: file.name, paper: paperOf(field) });
  let answer;
  try {
    answer = await window.sevenx.send(
      `/api/projects/documents?${query}`, "POST", file, window.sevenx.newKey(), file.type || "application/octet-stream",
    );
  } catch {
    throw new Error(texts.away);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) {
    say(`${texts.stored} · ${file.name}`);
    return body.sha256;
  }
  if ((body.type ?? "").endsWith(":documents-not-kept")) {
    say(texts.notKept);
    return fingerprint(file);
  }
  throw new Error((chinese ? body.detail_zh : body.detail) || texts.away);
}

async function chosen(field, file, subject, say) {
  const box = field.closest("[data-field]");
  const wrong = box?.querySelector(".field-error");
  box?.classList.remove("wrong");
  if (wrong) wrong.hidden = true;
  field.removeAttribute("aria-invalid");
  field.value = "";
  field.form.dataset.busy = "1"; // nothing is submitted before the file is there
  try {
    say(texts.sending);
    if (subject) field.value = await store(field, file, subject, say);
    else {
      field.value = await fingerprint(file);
      say(texts.hashed);
    }
    const title = field.form.elements.namedItem(field.name.replace(/sha256$/, "title"));
    if (title instanceof HTMLInputElement && !title.value) title.value = file.name.replace(/\.[^.]+$/, "");
  } catch (error) {
    say("");
    if (box) window.sevenx.mark(box, error.message);
  } finally {
    delete field.form.dataset.busy;
  }
}

function offer(field) {
  const subject = field.form.dataset.command.match(ABOUT)?.[1];
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.className = "chooser";
  if (subject) chooser.accept = TAKEN;
  const label = document.querySelector(`label[for="${field.id}"]`)?.firstChild?.textContent ?? "";
  chooser.setAttribute("aria-label", `${subject ? texts.choose : texts.chooseOnly}：${label}`);
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (file) await chosen(field, file, subject, (text) => (said.textContent = text));
  });
  field.before(chooser);
  field.after(said);
}

for (const field of document.querySelectorAll("form[data-command] input[name$='sha256']")) offer(field);
