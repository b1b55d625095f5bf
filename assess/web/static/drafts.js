/* Saves a longer text while it is being written. The page works without this file.

   A form with data-draft is sent as JSON to that address after a pause in typing, and when the page is left.
   The server answers with the new revision; 409 says that another tab or device was faster, and the form's
   own button then shows both versions. Nothing is overwritten from here. */

const TYPING_PAUSE = 1200;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30000;

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[role=status]");
    this.saved = this.content();
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    this.sending = false;
    this.stopped = false;
    /** The button that was pressed while a draft was on its way: two at once would look like two tabs. */
    this.pressed = null;
  }

  start() {
    this.form.addEventListener("input", () => this.after(TYPING_PAUSE));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.send());
    window.addEventListener("pagehide", () => this.send());
  }

  content() {
    const texts = {};
    for (const field of this.form.querySelectorAll("textarea")) texts[field.name] = field.value;
    return JSON.stringify(texts);
  }

  after(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    clearTimeout(this.timer);
    const content = this.content();
    if (this.stopped || this.sending || content === this.saved) return;
    this.sending = true;
    this.say("saving");
    const response = await this.post({ ...JSON.parse(content), seen: this.form.elements.seen.value });
    this.sending = false;
    if (response?.ok) await this.acknowledge(content, response);
    else if (response?.status === 409) this.stop("conflict");
    else if (response && response.status < 500 && response.status !== 429) this.stop("refused");
    else this.later();
    this.goOn();
  }

  async post(body) {
    try {
      return await fetch(this.form.dataset.draft, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
        body: JSON.stringify(body),
        keepalive: true,
        redirect: "error",
      });
    } catch {
      return null;
    }
  }

  async acknowledge(content, response) {
    this.form.elements.seen.value = (await response.json()).seen;
    this.saved = content;
    this.pause = FIRST_PAUSE;
    this.say("saved");
    if (this.content() !== content) this.after(TYPING_PAUSE);
  }

  later() {
    this.say("waiting");
    this.after(this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  /** What is wrong is told by the page that the form's own button leads to. */
  stop(state) {
    this.stopped = true;
    this.say(state);
  }

  submitted(event) {
    if (this.sending) {
      event.preventDefault();
      this.pressed = event.submitter;
      return;
    }
    clearTimeout(this.timer);
    this.stopped = true;
  }

  goOn() {
    const button = this.pressed;
    this.pressed = null;
    if (button) this.form.requestSubmit(button);
  }

  say(state) {
    if (!this.status || this.status.dataset.state === state) return;
    this.status.dataset.state = state;
    this.status.textContent = this.form.dataset[state];
  }
}

/** Says how many characters are left, once the end is near; aloud only when they are too many. */
function count(counter) {
  const text = document.getElementById(counter.dataset.of);
  const most = Number(counter.dataset.count);
  const show = () => {
    const left = most - [...text.value.trim()].length;
    counter.setAttribute("aria-live", left < 0 ? "polite" : "off");
    counter.classList.toggle("error", left < 0);
    counter.textContent = left < 0 ? `${counter.dataset.over} ${-left}` : left < most / 5 ? `${counter.dataset.left} ${left}` : "";
  };
  text.addEventListener("input", show);
  show();
}

document.querySelector("[data-focus]")?.focus();
for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form).start();
for (const counter of document.querySelectorAll("[data-count]")) count(counter);
