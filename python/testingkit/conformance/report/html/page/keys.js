// Handles the keys / j k arrows Esc ?; the browser handles Enter.

const isTyping = (target) => target.matches("input, select, textarea, [contenteditable]");

function stepProblem(step) {
  const shown = problemElements.filter((problem) => !problem.hidden);
  if (!shown.length) return;
  const at = shown.findIndex((problem) => problem.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + step, 0), shown.length - 1);
  const summary = shown[next].querySelector("summary");
  summary.focus();
  summary.scrollIntoView({ block: "nearest" });
}

function escape(event) {
  if (event.target === byId("q")) {
    event.target.blur();
    return;
  }
  const problem = document.activeElement.closest("details.problem") ?? document.querySelector("details.problem[open]");
  if (!problem?.open) return;
  problem.open = false;
  problem.querySelector("summary").focus();
}

const KEYS = {
  "/": () => (byId("q").focus(), byId("q").select()),
  "?": () => byId("keys").showModal(),
  j: () => stepProblem(1),
  k: () => stepProblem(-1),
};
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };

function handleKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  if (event.key === "Escape") {
    escape(event);
  } else if (!isTyping(event.target)) {
    const onProblem = event.target.matches("details.problem > summary");
    if (KEYS[event.key]) {
      KEYS[event.key]();
    } else if (ARROWS[event.key] && onProblem) {
      stepProblem(ARROWS[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  }
}
