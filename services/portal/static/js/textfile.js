// A field that holds a whole document: a file chosen here is read into it, to be looked at before it is sent.
const chinese = document.documentElement.lang === "zh-CN";

for (const field of document.querySelectorAll("form[data-command] textarea[name='document']")) {
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.className = "chooser";
  chooser.accept = ".yaml,.yml,text/plain";
  chooser.setAttribute("aria-label", chinese ? "选择文件以填入全文" : "Choose a file to fill in its text");
  chooser.addEventListener("change", async () => {
    if (chooser.files[0]) field.value = await chooser.files[0].text();
  });
  field.before(chooser);
}
