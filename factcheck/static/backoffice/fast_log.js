/* Logging claims by keyboard: Enter goes to the next line, Ctrl+Enter logs, a paste of many lines fills many lines, and
   names are offered while one types. Without this script the page works as a plain form. */
(() => {
  "use strict";
  const form = document.getElementById("lines");
  const total = form.querySelector("[name=line-TOTAL_FORMS]");
  const most = Number(form.querySelector("[name=line-MAX_NUM_FORMS]").value);
  const lines = () => [...form.querySelectorAll("fieldset.line")];
  const wordingOf = (line) => line.querySelector(".cell-wording textarea");

  /* A new line is a copy of the last one, emptied and renumbered. */
  function addLine() {
    const last = lines().at(-1);
    const number = lines().length;
    if (number >= most) return null;
    const line = last.cloneNode(true);
    line.classList.remove("wrong", "doubtful");
    line.querySelectorAll(".errorlist, .looks-like").forEach((part) => part.remove());
    line.querySelector("legend").textContent = number + 1;
    for (const part of line.querySelectorAll("[name], [for], [id]")) {
      for (const name of ["name", "for", "id"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/line-\d+/, `line-${number}`));
      }
      part.removeAttribute("aria-invalid");
      part.removeAttribute("aria-describedby");
      if (part.matches("textarea, input")) part.value = "";
    }
    last.after(line);
    total.value = number + 1;
    return line;
  }

  function lineAfter(line) {
    const all = lines();
    return all[all.indexOf(line) + 1] || addLine();
  }

  /* The same kind of claim, by the same speaker, usually goes on: a line that is begun takes them from the line before. */
  const CARRIED = [".cell-type select", ".cell-speaker input", ".cell-kind select", ".cell-topics input"];
  function carryOn(line) {
    const before = lines()[lines().indexOf(line) - 1];
    if (!before || CARRIED.some((cell) => !cell.includes("kind") && line.querySelector(cell).value)) return;
    for (const cell of CARRIED) line.querySelector(cell).value = before.querySelector(cell).value;
  }

  form.addEventListener("keydown", (event) => {
    const line = event.target.closest("fieldset.line");
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=log]"));
    } else if (line && event.target.matches("textarea, input, select")) {
      event.preventDefault();
      const next = lineAfter(line);
      if (next) wordingOf(next).focus();
    }
  });

  form.addEventListener("paste", (event) => {
    if (!event.target.matches(".cell-wording textarea")) return;
    const pasted = event.clipboardData.getData("text").split(/\r?\n/).map((text) => text.trim()).filter(Boolean);
    if (pasted.length < 2) return;
    event.preventDefault();
    let line = event.target.closest("fieldset.line");
    event.target.setRangeText(pasted.shift(), event.target.selectionStart, event.target.selectionEnd, "end");
    for (const text of pasted) {
      const next = lineAfter(line);
      if (next && !wordingOf(next).value) {
        line = next;
        wordingOf(line).value = text;
        carryOn(line);
      } else {
        wordingOf(line).value += `\n${text}`; // no room: it stays with the last line rather than being lost
      }
    }
    wordingOf(line).focus();
  });

  /* What is offered for a topic goes on after the topics that stand there already. */
  let asked = 0;
  async function offer(field) {
    const topics = field.closest(".cell-topics") !== null;
    const before = topics ? field.value.slice(0, field.value.lastIndexOf(",") + 1) : "";
    const typed = field.value.slice(before.length).trim();
    const turn = ++asked;
    const url = `${form.dataset.names}?of=${topics ? "topics" : "speaker"}&q=${encodeURIComponent(typed)}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok || turn !== asked) return;
    const { names } = await answer.json();
    const list = document.getElementById(topics ? "topics-offered" : "speaker-offered");
    list.replaceChildren(...names.map((name) => {
      const option = document.createElement("option");
      option.value = before ? `${before} ${name}` : name;
      return option;
    }));
  }

  let waiting;
  form.addEventListener("input", (event) => {
    if (event.target.matches(".cell-wording textarea") && event.target.value) carryOn(event.target.closest("fieldset.line"));
    if (!event.target.matches(".cell-speaker input, .cell-topics input")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(event.target), 150);
  });

  form.querySelector("[name=more]").addEventListener("click", (event) => {
    event.preventDefault();
    const line = addLine();
    if (line) wordingOf(line).focus();
  });

  wordingOf(lines().find((line) => line.matches(".wrong, .doubtful")) || lines().find((line) => !wordingOf(line).value) || lines()[0]).focus();
})();
