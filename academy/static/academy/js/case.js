// Looks along while somebody types a case. Keeps nothing, not here and not there; without it the server looks when it is sent.
const form = document.querySelector("[data-case-check]");
if (form) {
  const out = form.querySelector("[data-case-live]");
  const list = out.appendChild(document.createElement("ul"));
  const count = out.querySelector("[role=status]");
  const fields = [...form.querySelectorAll("[data-case-text]")];
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  let turn = 0;
  let timer;
  const ask = async (text) => {
    const answer = await fetch(form.dataset.caseCheck, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ text }),
      cache: "no-store",
      redirect: "error",
    });
    return answer.ok ? (await answer.json()).hits : [];
  };
  const line = (field, text, hit) => {
    // Positions count whole characters, and a string in here counts halves of some.
    const [before, found] = [[0, hit.start], [hit.start, hit.end]].map(([from, to]) => [...text].slice(from, to).join(""));
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = `hit hit--${hit.level}`;
    button.textContent = found;
    button.title = out.dataset.go;
    button.addEventListener("click", () => {
      field.focus();
      field.setSelectionRange(before.length, before.length + found.length);
    });
    item.append(button, ` ${hit.level === "stop" ? out.dataset.stop : out.dataset.warn}. ${hit.suggestion} (${field.dataset.caseText})`);
    return item;
  };
  // Read aloud is how many there are, not the whole list at every pause.
  const tell = (hits) => {
    const stops = hits.filter((hit) => hit.level === "stop").length;
    const said = [[out.dataset.stop, stops], [out.dataset.warn, hits.length - stops]].filter(([, number]) => number);
    const words = said.map(([word, number]) => `${word}: ${number}`).join(", ") || (list.childElementCount ? out.dataset.clean : "");
    if (words || count.textContent !== out.dataset.clean) count.textContent = words;
  };
  const look = async () => {
    const mine = ++turn;
    try {
      const texts = fields.map((field) => field.value);
      const found = await Promise.all(texts.map((text) => (text.trim() ? ask(text) : [])));
      if (mine !== turn) return;
      tell(found.flat());
      list.replaceChildren(...found.flatMap((hits, index) => hits.map((hit) => line(fields[index], texts[index], hit))));
    } catch {
      list.replaceChildren();
      count.textContent = "";
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 600); });
  // Who types quickly on a slow line was here before this was.
  if (fields.some((field) => field.value !== field.defaultValue)) look();
  // A page that comes back from memory must not show what was typed.
  addEventListener("pagehide", () => { list.replaceChildren(); count.textContent = ""; });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
