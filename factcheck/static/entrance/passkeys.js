// A form with data-passkey asks the browser for a passkey before it is sent: to make one, to show one, or to log in with one.
document.querySelectorAll("form[data-passkey]").forEach((form) => {
  const said = form.querySelector("[data-said]");
  const options = async () => {
    const here = document.getElementById("passkey-options");
    if (here) return JSON.parse(here.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
  const made = async () => {
    const asked = (await options()).creation_options;
    const alone = form.elements.passwordless?.checked ?? false;
    Object.assign(asked.publicKey.authenticatorSelection, {
      residentKey: alone ? "required" : "discouraged", requireResidentKey: alone,
      userVerification: alone ? "required" : "preferred",
    });
    return webauthnJSON.create(asked);
  };
  const shown = async () => webauthnJSON.get((await options()).request_options);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    if (!webauthnJSON.supported()) {
      said.textContent = said.dataset.none;
      return;
    }
    try {
      form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "make" ? made() : shown()));
    } catch {
      said.textContent = said.dataset.gone;
      return;
    }
    form.submit();
  });
});
