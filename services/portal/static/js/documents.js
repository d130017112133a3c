// A document is filed by its SHA-256. A file chosen here is read and hashed in the browser; it is sent nowhere.
const chinese = document.documentElement.lang === "zh-CN";

async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function offer(field) {
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.className = "chooser";
  chooser.setAttribute("aria-label", chinese ? "选择文件以计算指纹" : "Choose a file to hash");
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (!file) return;
    field.value = await fingerprint(file);
    const title = field.form.elements.namedItem(field.name.replace(/sha256$/, "title"));
    if (title instanceof HTMLInputElement && !title.value) title.value = file.name.replace(/\.[^.]+$/, "");
  });
  field.before(chooser);
}

for (const field of document.querySelectorAll("form[data-command] input[name$='sha256']")) offer(field);
