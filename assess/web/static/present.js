/* One section at a time by key: the arrows and Page Up and Down follow the links that stand in the section, Home
   and End lead to the first and the last. Without this file the links do the same. */

const ON = new Set(["ArrowRight", "PageDown"]);
const BACK = new Set(["ArrowLeft", "PageUp"]);

/** The section that is shown: the one in the address, else the first. */
function shown() {
  const slides = [...document.querySelectorAll(".slide")];
  return slides.find((slide) => `#${slide.id}` === location.hash) ?? slides[0];
}

function turn(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("[tabindex='0'], input, textarea, select")) return;
  const slide = shown();
  const slides = [...document.querySelectorAll(".slide")];
  let goal = null;
  if (ON.has(event.key)) goal = slide.querySelector("[data-turn=on]")?.hash;
  else if (BACK.has(event.key)) goal = slide.querySelector("[data-turn=back]")?.hash;
  else if (event.key === "Home") goal = `#${slides[0].id}`;
  else if (event.key === "End") goal = `#${slides.at(-1).id}`;
  if (!goal) return;
  event.preventDefault();
  location.hash = goal;
}

/** Whoever listens hears the section that was turned to, from its beginning. */
function begin() {
  const slide = shown();
  slide.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Marks the links of the section that is shown while something of it lies below the screen. */
function mark() {
  const slide = shown();
  const links = slide?.querySelector(".turn");
  if (!links) return;
  const end = slide.querySelector(".slide-body").getBoundingClientRect().bottom;
  links.toggleAttribute("data-more", end > links.getBoundingClientRect().top + 4);
}

document.addEventListener("keydown", turn);
for (const event of ["scroll", "resize", "hashchange", "load"]) addEventListener(event, mark, { passive: true });
mark();
addEventListener("hashchange", begin);
