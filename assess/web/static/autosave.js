/* Saves each answer as it is given. The page works without this file; with it nothing waits for a button.

   What is not yet acknowledged by the server stays in sessionStorage, keyed by sheet, and is sent again:
   after a pause that doubles, when the network comes back, and when another page of the sheet is opened. */

const PREFIX = "answers:";
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const TYPING_PAUSE = 700;
const HELD_PAUSE = 3000;

class Unsaved {
  /** Answers that the server has not acknowledged: item → {value, seen}. */
  constructor(sheet) {
    this.key = PREFIX + sheet;
    this.items = new Map();
    try {
      this.items = new Map(Object.entries(JSON.parse(sessionStorage.getItem(this.key)) ?? {}));
    } catch {
      // Storage is blocked or holds something else: the memory of this page has to do.
    }
  }

  set(item, value, seen) {
    this.items.set(item, { value, seen });
    this.keep();
  }

  remove(item) {
    this.items.delete(item);
    this.keep();
  }

  keep() {
    try {
      if (this.items.size) sessionStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.items)));
      else sessionStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }
}

class Autosave {
  constructor(root) {
    this.root = root;
    this.form = root instanceof HTMLFormElement ? root : null;
    this.unsaved = new Unsaved(root.dataset.sheet);
    this.status = document.querySelector(".status");
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    this.running = null;
    this.clash = false;
    this.refused = false;
    /** The button that was pressed while something was not yet saved, and the timer that tells of it. */
    this.leaving = null;
    this.holding = 0;
  }

  start() {
    if (this.form) {
      this.gather();
      this.restore();
      this.form.addEventListener("change", (event) => this.changed(event.target));
      this.form.addEventListener("input", (event) => this.typed(event.target));
      this.form.addEventListener("submit", (event) => this.submitted(event));
    }
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pageshow", (event) => event.persisted && this.flush());
    this.flush();
  }

  /** Takes up what was answered before this script had arrived. */
  gather() {
    for (const box of this.form.querySelectorAll("[data-item]")) {
      const text = box.querySelector("textarea");
      const chosen = box.querySelector("input[type=radio]:checked");
      if (text && text.value !== text.defaultValue) this.note(box, text.value);
      if (chosen && !chosen.defaultChecked) this.note(box, chosen.value);
    }
  }

  /** Puts back what a lost connection kept from being saved. */
  restore() {
    for (const [item, { value }] of this.unsaved.items) {
      const box = this.box(item);
      if (!box) continue;
      const text = box.querySelector("textarea");
      if (text) text.value = value;
      for (const radio of box.querySelectorAll("input[type=radio]")) radio.checked = radio.value === value;
    }
  }

  changed(field) {
    const box = field.closest("[data-item]");
    if (!box || field.tagName === "TEXTAREA") return;
    this.note(box, field.value);
    this.flush();
  }

  typed(field) {
    const box = field.closest("[data-item]");
    if (!box || field.tagName !== "TEXTAREA") return;
    this.note(box, field.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), TYPING_PAUSE);
  }

  note(box, value) {
    const item = box.dataset.item;
    if (isTooLong(box)) {
      // Nothing of it is sent until it fits; sending the form shows the page that says so.
      this.unsaved.remove(item);
      return;
    }
    this.unsaved.set(item, value, Number(box.querySelector(`[name="seen-${CSS.escape(item)}"]`).value));
    box.classList.remove("item-wrong");
  }

  /** Sends what is unsaved, one request at a time. Resolves when nothing more can be done now. */
  flush() {
    this.running ??= this.send().finally(() => {
      this.running = null;
      this.goOn();
    });
    return this.running;
  }

  async send() {
    clearTimeout(this.timer);
    while (this.unsaved.items.size && !this.clash && !this.refused) {
      this.say("saving");
      const sent = new Map(this.unsaved.items);
      const response = await this.post(Object.fromEntries(sent));
      if (response?.ok) this.acknowledge(sent, await response.json());
      else if (response?.status === 409) this.showClash();
      else if (response && response.status < 500 && response.status !== 429) {
        // The server will not take it; sending the form shows the page that says why.
        this.refused = true;
        this.say("refused");
      } else return this.later();
    }
    return undefined;
  }

  async post(answers) {
    try {
      return await fetch(this.root.dataset.save, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify({ answers }),
        keepalive: true,
        redirect: "error",
      });
    } catch {
      return null;
    }
  }

  token() {
    return this.root.dataset.token ?? this.form.elements.namedItem("csrf_token").value;
  }

  acknowledge(sent, { revisions, answered }) {
    this.pause = FIRST_PAUSE;
    for (const [item, { value }] of sent) {
      const now = this.unsaved.items.get(item);
      if (now?.value === value) this.unsaved.remove(item);
      else if (now) this.unsaved.set(item, now.value, revisions[item]);
      const seen = this.box(item)?.querySelector(`[name="seen-${CSS.escape(item)}"]`);
      if (seen) seen.value = revisions[item];
    }
    if (this.unsaved.items.size) return;
    this.say("saved");
    const count = document.querySelector("[data-answered]");
    if (count) count.textContent = answered;
    const progress = document.querySelector("progress");
    if (progress) progress.value = answered;
    if ("reload" in this.root.dataset) location.reload();
  }

  later() {
    this.say("waiting");
    this.timer = setTimeout(() => this.flush(), this.pause);
    this.pause = Math.min(this.pause * 2, this.leaving ? HELD_PAUSE : LONGEST_PAUSE);
  }

  showClash() {
    this.clash = true;
    this.say("conflict");
    const notice = document.querySelector("[data-clash]");
    if (notice) notice.hidden = false;
  }

  mayLeave() {
    return this.clash || this.refused || (!this.unsaved.items.size && navigator.onLine);
  }

  /** Leaves the page only when everything is saved, so that a lost connection cannot lose an answer. */
  submitted(event) {
    if (this.mayLeave()) return;
    event.preventDefault();
    this.leaving = event.submitter;
    this.holding ||= setTimeout(() => this.showHeld(true), HELD_PAUSE);
    this.flush();
  }

  /** Does what the button asked for, once nothing holds it any more. */
  goOn() {
    if (!this.leaving || !this.mayLeave()) return;
    const submitter = this.leaving;
    this.leaving = null;
    clearTimeout(this.holding);
    this.holding = 0;
    this.showHeld(false);
    this.form.requestSubmit(submitter);
  }

  showHeld(held) {
    const notice = document.querySelector("[data-held]");
    if (notice) notice.hidden = !held;
  }

  box(item) {
    return this.form?.querySelector(`[data-item="${CSS.escape(item)}"]`) ?? null;
  }

  say(state) {
    if (!this.status || this.status.dataset.state === state) return;
    this.status.dataset.state = state;
    this.status.textContent = this.root.dataset[state];
  }
}

/** Characters as the server counts them: code points, without blanks around. */
function lengthOf(textarea) {
  return [...textarea.value.trim()].length;
}

function isTooLong(box) {
  const text = box.querySelector("textarea");
  const counter = box.querySelector("[data-count]");
  return Boolean(text && counter) && lengthOf(text) > Number(counter.dataset.count);
}

/** Says how many characters are left; aloud only when they are too many. */
function count(counter) {
  const text = counter.closest("[data-item]").querySelector("textarea");
  const show = () => {
    const left = Number(counter.dataset.count) - lengthOf(text);
    counter.setAttribute("aria-live", left < 0 ? "polite" : "off");
    counter.classList.toggle("error", left < 0);
    counter.textContent = left < 0 ? `${counter.dataset.over} ${-left}` : `${counter.dataset.left} ${left}`;
  };
  text.addEventListener("input", show);
  show();
}

function forgetEverything() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

document.querySelector("[data-focus]")?.focus();

const forgetting = document.querySelector("[data-forget]");
if (forgetting) {
  const unsaved = new Unsaved(forgetting.dataset.sheet);
  for (const item of forgetting.dataset.forget.split(" ")) unsaved.remove(item);
}
if (document.querySelector("[data-forget-all]")) forgetEverything();

const saving = document.querySelector("[data-save]");
if (saving) new Autosave(saving).start();
for (const counter of document.querySelectorAll("[data-count]")) count(counter);
