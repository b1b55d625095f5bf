/* Asks the browser for a passkey when a form's button is pressed, and sends what it says with that form.

   The challenge is fetched at that moment, so that it is fresh. Without this file, or in a browser that
   knows no passkeys, the form says what is needed and has no button. */

const BYTES = { register: ["challenge", "user.id"], confirm: ["challenge"] };
const LISTS = { register: "excludeCredentials", confirm: "allowCredentials" };

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The server's JSON with the bytes that the browser wants. */
function decoded(options, purpose) {
  for (const path of BYTES[purpose]) {
    const names = path.split(".");
    const last = names.pop();
    const holder = names.reduce((value, name) => value[name], options);
    holder[last] = toBytes(holder[last]);
  }
  for (const known of options[LISTS[purpose]] ?? []) known.id = toBytes(known.id);
  return options;
}

/** What the passkey said, as the server reads it. */
function encoded(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
  });
}

async function ask(form) {
  const purpose = form.dataset.passkey;
  const answer = await fetch(form.dataset.challenge, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.namedItem("csrf_token").value,
    },
    body: JSON.stringify({ for: purpose }),
  });
  if (!answer.ok) throw new Error("no challenge");
  const publicKey = decoded(await answer.json(), purpose);
  const container = navigator.credentials;
  return purpose === "register" ? container.create({ publicKey }) : container.get({ publicKey });
}

function prepare(form) {
  const button = form.querySelector("button");
  const failed = form.querySelector("[data-failed]");
  const credential = form.elements.namedItem("credential");
  form.querySelector("[data-without]").hidden = true;
  button.hidden = false;
  credential.value = "";
  form.addEventListener("submit", async (event) => {
    if (credential.value) return;
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    try {
      credential.value = encoded(await ask(form));
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(prepare);
