// The draft of an action plan: how far months and units are from the year's target, and a year spread over its months.
const chinese = document.documentElement.lang === "zh-CN";
const DIGITS = 100; // hundredths, so that sums are exact

// A field's value in hundredths; nothing is 0, what is no number is NaN.
function hundredths(field) {
  const text = field.value.trim().replaceAll(",", "").replaceAll("，", "");
  if (!text) return 0;
  return /^\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * DIGITS) : NaN;
}

const said = (value) => (value / DIGITS).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });

// What is said beside a list of fields: their sum, and what is missing.
function tell(box, year) {
  const fields = [...box.querySelectorAll("input[data-kind]")];
  const place = box.querySelector("[data-sum]");
  const total = fields.reduce((sum, field) => sum + hundredths(field), 0);
  const used = fields.some((field) => field.value.trim());
  const right = total === year;
  place.classList.toggle("good", used && right);
  place.classList.toggle("bad", used && !right);
  if (!used || Number.isNaN(total) || Number.isNaN(year)) place.textContent = "";
  else if (right) place.textContent = chinese ? `合计 ${said(total)}，与全年目标一致` : `${said(total)} in all, as the year`;
  else {
    const gap = said(Math.abs(total - year));
    const way = chinese ? (total > year ? "多" : "少") : total > year ? "more" : "less";
    place.textContent = chinese ? `合计 ${said(total)}，比全年目标${way} ${gap}` : `${said(total)} in all, ${gap} ${way} than the year`;
  }
}

function tellAll(target) {
  const year = hundredths(target.querySelector("[data-year]"));
  for (const box of target.querySelectorAll("[data-sums]")) tell(box, year);
}

// Each month the same; what does not divide goes to December. Counts stay whole.
function spread(target) {
  const year = hundredths(target.querySelector("[data-year]"));
  if (!year) return target.querySelector("[data-year]").focus();
  const months = [...target.querySelectorAll("[data-month]")];
  const step = year % DIGITS ? 1 : DIGITS;
  const each = Math.floor(year / months.length / step) * step;
  months.forEach((field, n) => {
    const value = n === months.length - 1 ? year - each * (months.length - 1) : each;
    field.value = String(value / DIGITS);
  });
  tellAll(target);
}

for (const target of document.querySelectorAll("[data-target]")) {
  target.addEventListener("input", () => tellAll(target));
  target.querySelector("[data-spread]").addEventListener("click", () => spread(target));
  tellAll(target);
}
