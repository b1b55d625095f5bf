/* Answers by key: a digit or a letter chooses while an option has focus, Enter goes on. Nothing else is taken
   from the keyboard, so that screen readers and browsers keep their own keys. */

const BY_KEY = "by-key";

/** An option's digit (0 for "can't say"), an action's letter too. */
function chooseByKey(event) {
  const radio = event.target;
  if (radio.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") return rememberKey(radio);
  const chosen = [...radio.form.elements].find(
    (other) => other.name === radio.name && other.dataset.keys?.split(" ").includes(event.key.toUpperCase()),
  );
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  if (chosen.checked) return;
  chosen.checked = true;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Whoever goes on with Enter from a lone question stands on the next one's options, ready for a key. */
function rememberKey(radio) {
  if (!radio.closest("[data-lone]")) return;
  try {
    sessionStorage.setItem(BY_KEY, "");
  } catch {
    // Storage is blocked: Tab leads there too.
  }
}

function standWhereKeysChoose() {
  try {
    if (sessionStorage.getItem(BY_KEY) === null) return;
    sessionStorage.removeItem(BY_KEY);
  } catch {
    return;
  }
  const lone = document.querySelector("[data-lone]");
  if (!lone || document.querySelector("[data-focus]")) return;
  const radio = lone.querySelector("input:checked") ?? lone.querySelector("input[type=radio]");
  radio.focus({ preventScroll: true });
}

/** The hint about keys is for those who have them: a mouse and no touch screen, or Tab was pressed. */
function showKeysToThoseWhoHaveThem() {
  const show = () => document.documentElement.classList.add("keyed");
  const hasMouse = matchMedia("(hover: hover) and (pointer: fine)").matches;
  if (hasMouse && !navigator.maxTouchPoints) show();
  else document.addEventListener("keydown", (event) => event.key === "Tab" && show());
}

document.addEventListener("keydown", chooseByKey);
showKeysToThoseWhoHaveThem();
standWhereKeysChoose();
