// Says two minutes ahead that the session is about to end, and lets typing count as doing something.
(() => {
  const bar = document.querySelector("[data-idle]");
  const [words, button] = bar.children;
  const WARN = 120;
  let timer, told = 0;
  const ask = async (method) => {
    const options = { method, headers: { Accept: "application/json", "X-CSRFToken": bar.dataset.token }, redirect: "manual" };
    try {
      show((await (await fetch(bar.dataset.stay, options)).json()).left);
    } catch {
      show(0);
    }
  };
  const show = (left) => {
    clearTimeout(timer);
    bar.hidden = left > WARN;
    button.hidden = left <= 0;
    if (!bar.hidden) words.textContent = left > 0 ? words.dataset.soon : words.dataset.out;
    if (left > 0) timer = setTimeout(() => ask("GET"), (left > WARN ? left - WARN : left + 1) * 1000);
  };
  button.addEventListener("click", () => ask("POST"));
  document.addEventListener("input", () => {
    if (Date.now() - told < 60000 || (!bar.hidden && button.hidden)) return;
    told = Date.now();
    ask("POST");
  });
  ask("GET");
})();
