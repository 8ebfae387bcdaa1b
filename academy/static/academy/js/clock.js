// The clock of one step of the script. Without it the page says how many minutes the step takes and when it is planned.
const box = document.querySelector("[data-clock]");
if (box) {
  const find = (name) => box.querySelector(`[data-clock-${name}]`);
  const key = `clock ${location.pathname}${location.search}`;
  const [length, evening] = [Number(box.dataset.clock) * 60_000, 4 * 3_600_000];
  let begun = Number(sessionStorage.getItem(key));
  const restart = () => { begun = Date.now(); sessionStorage.setItem(key, begun); };
  // Who looked through the steps beforehand, begins again in the evening.
  if (!begun || Date.now() - begun > evening) restart();
  const show = () => {
    const left = Math.ceil((begun + length - Date.now()) / 1000);
    const seconds = Math.abs(left);
    find("left").textContent = `${left < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    box.classList.toggle("is-over", left <= 0);
    const says = left <= 0 ? box.dataset.over : "";
    if (find("says").textContent !== says) find("says").textContent = says;
  };
  find("unit").hidden = true;
  find("again").hidden = false;
  find("again").addEventListener("click", () => { restart(); show(); });
  addEventListener("keydown", (event) => {
    const way = { ArrowRight: ".stage__foot [rel=next]", ArrowLeft: ".stage__foot [rel=prev]", Escape: ".stage__where a" }[event.key];
    if (way && !event.altKey && !event.ctrlKey && !event.metaKey) document.querySelector(way)?.click();
  });
  // A tablet on the table stays awake where the browser can do that.
  navigator.wakeLock?.request("screen").catch(() => {});
  show();
  setInterval(show, 500);
}
