// Starts the page: shows the filter, listens to events, and applies the address.

const form = byId("filter");
form.hidden = false;
document.body.classList.add("has-filter");

let timer = 0;
function applySoon() {
  // The page waits for a pause in typing.
  clearTimeout(timer);
  timer = setTimeout(() => (applyFilter(), writeAddress()), 80);
}

function follow(target) {
  applyFilter();
  if (goTo(target)) writeAddress();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", applySoon);
byId("clear").addEventListener("click", () => {
  for (const field of FIELDS) byId(field).value = "";
  applyFilter();
  writeAddress();
  byId("q").focus();
});
byId("help").addEventListener("click", KEYS["?"]);
document.addEventListener("keydown", handleKey);
document.addEventListener("click", (event) => {
  const link = event.target.closest('main a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  if (goTo(decode(link.getAttribute("href").slice(1)))) writeAddress();
});
for (const problem of problemElements) {
  problem.addEventListener("toggle", () => {
    if (problem.open) {
      addCopyButtons(problem);
      openProblem = problem.id;
    } else if (openProblem === problem.id) {
      openProblem = "";
    }
    writeAddress();
  });
}
for (const suite of suiteElements) suite.addEventListener("toggle", () => addCopyButtons(suite));
addEventListener("hashchange", () => follow(readAddress()));
follow(readAddress());
