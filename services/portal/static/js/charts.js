// Charts: <div class="chart" data-option="{…}"> holds an ECharts option as JSON. Load this and the library on the pages
// that need them. Tooltips are drawn, not HTML: the page's policy allows no inline style.

/* global echarts */
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const PALETTE = [
  colour("accent"), "#c77d00", "#14663c", "#7a3e9d", "#a3201a", "#2b7a8c", "#5c6879",
  "#6a9fd0", "#e8b64c", "#6bb48c", "#b78ccf", "#d97f70", "#7fc0cc", "#a9b2be", "#3a2f7d",
];

function draw(box) {
  if (box.dataset.drawn) return;
  box.dataset.drawn = "1";
  const option = JSON.parse(box.dataset.option);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = echarts.init(box, null, { renderer: "canvas" });
  chart.setOption({
    color: PALETTE,
    animation: !still,
    animationDuration: 300,
    textStyle: { fontFamily: style.getPropertyValue("--sans"), color: colour("ink") },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    ...option,
    tooltip: { renderMode: "richText", confine: true, ...(option.tooltip ?? {}) },
  });
  new ResizeObserver(() => chart.resize()).observe(box);
  chart.on("click", (event) => {
    const link = event.data?.link;
    if (typeof link === "string" && link.startsWith("/") && !link.startsWith("//")) window.location.assign(link);
  });
}

const drawAll = (root) => root.querySelectorAll(".chart[data-option]").forEach(draw);
drawAll(document);
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.detail.target));
