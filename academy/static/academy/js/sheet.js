// The attendance sheet without a round trip: fill everybody in, and keep count. Without it the form works just the same.
const sheet = document.querySelector("[data-sheet]");
if (sheet) {
  const lines = [...sheet.querySelectorAll(".sheet__line")];
  const counter = sheet.querySelector("[data-sheet-count]");
  const words = counter.textContent.trim().split(" ").slice(1).join(" ");
  const isDone = (line) => line.querySelector("input[type=radio]:checked") !== null;
  const count = () => { counter.textContent = `${lines.filter(isDone).length} ${words}`; };
  let dirty = false;
  sheet.addEventListener("change", () => { dirty = true; count(); });
  sheet.querySelector("[data-sheet-everybody]").addEventListener("click", (event) => {
    event.preventDefault();
    for (const line of lines.filter((one) => !isDone(one))) line.querySelector("input[value=present]").checked = true;
    dirty = true;
    count();
  });
  sheet.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
