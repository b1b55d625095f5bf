/* Keeps the page of a batch up to date without loading it anew. Without this file the page loads itself.

   What is said aloud is said at every tenth only, and when the state changes. */

const PAUSE = 2000;
const LONGEST_PAUSE = 30000;

class BatchPage {
  constructor(root) {
    this.root = root;
    this.said = document.getElementById("batch-said");
    this.pause = PAUSE;
    this.tenth = this.tenthOf(root);
  }

  start() {
    setTimeout(() => this.look(), this.pause);
  }

  async look() {
    const fresh = document.hidden ? undefined : await this.load();
    if (fresh === null) return location.reload(); // signed out meanwhile: the page says so
    if (fresh) this.show(fresh);
    else if (fresh === undefined && !document.hidden) this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    if (Number(this.root.dataset.refresh)) this.start();
    return undefined;
  }

  /** The page as it is now; null where it is not there any more, undefined while nobody answers. */
  async load() {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (response.status >= 500 || response.status === 429) return undefined;
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      this.pause = PAUSE;
      return page.getElementById("batch");
    } catch {
      return undefined;
    }
  }

  show(fresh) {
    const hadFocus = this.root.contains(document.activeElement);
    const changed = fresh.dataset.state !== this.root.dataset.state;
    if (changed) {
      this.root.replaceWith(fresh);
      this.root = fresh;
      if (hadFocus) fresh.querySelector("h1").focus();
    } else {
      this.take(fresh, "#batch-count");
      const now = fresh.querySelector("progress");
      const here = this.root.querySelector("progress");
      if (now && here) here.value = now.value;
    }
    if (changed || this.tenthOf(this.root) !== this.tenth) this.say();
    this.tenth = this.tenthOf(this.root);
  }

  take(fresh, part) {
    this.root.querySelector(part).replaceChildren(...fresh.querySelector(part).childNodes);
  }

  say() {
    this.said.textContent = this.root.querySelector("#batch-count").textContent.replace(/\s+/g, " ").trim();
  }

  tenthOf(root) {
    const bar = root.querySelector("progress");
    return bar ? Math.floor((10 * bar.value) / bar.max) : -1;
  }
}

const root = document.getElementById("batch");
if (root && Number(root.dataset.refresh)) new BatchPage(root).start();
