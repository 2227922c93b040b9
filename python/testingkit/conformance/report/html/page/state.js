// The filter and the open problem are in the address, so that they can be shared: #q=rust:fail&open=D1

const FIELDS = ["q", "runner", "status", "suite"];
const MAX_UNFOLDED = 300; // cases: if no more are found, their suites are opened
let openProblem = "";
let openedByFilter = [];

function readAddress() {
  const hash = location.hash.slice(1);
  const state = hash.includes("=") ? new URLSearchParams(hash) : new URLSearchParams();
  for (const field of FIELDS) {
    const element = byId(field);
    const text = state.get(field) ?? "";
    element.value = field === "runner" ? indexOfRunner(text) : text;
    if (element.selectedIndex === -1) element.value = "";
  }
  const target = hash.includes("=") ? state.get("open") ?? "" : decode(hash);
  return target;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function indexOfRunner(name) {
  const found = options("runner").find((option) => option.text === name);
  return found ? found.value : "";
}

function writeAddress() {
  const state = new URLSearchParams();
  for (const field of FIELDS) {
    const element = byId(field);
    const text = field === "runner" && element.value ? element.selectedOptions[0].text : element.value;
    if (text) state.set(field, text);
  }
  if (openProblem) state.set("open", openProblem);
  const hash = state.toString().replaceAll("%3A", ":");
  const address = hash ? `#${hash}` : location.pathname + location.search;
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", address);
}

function currentFilter() {
  const query = parseQuery(byId("q").value, names);
  const [runner, status, suite] = ["runner", "status", "suite"].map((id) => byId(id).value);
  return (row) => isCell(row, runner, status) && (!suite || row.suite === suite.toLowerCase()) && query(row);
}

function isCell(row, runner, status) {
  if (runner && status) return row.cells[Number(runner)] === status;
  if (runner) return row.cells[Number(runner)] !== undefined;
  return !status || row.cells.includes(status);
}

function applyFilter() {
  const wrong = byId("wrong");
  let isWanted;
  try {
    isWanted = currentFilter();
    wrong.textContent = "";
    byId("q").removeAttribute("aria-invalid");
  } catch (error) {
    wrong.textContent = `Invalid query: ${error.message}`;
    byId("q").setAttribute("aria-invalid", "true");
    return;
  }
  const isFiltered = FIELDS.some((field) => byId(field).value);
  const found = new Set();
  for (const suite of isFiltered || readRows ? rowsBySuite() : []) filterSuite(suite, isWanted, isFiltered, found);
  filterProblems(isFiltered, found);
  openFound(isFiltered && found.size <= MAX_UNFOLDED);
  const total = Number(document.body.dataset.cases);
  const number = (count) => count.toLocaleString("en");
  byId("shown").textContent = isFiltered ? `${number(found.size)} of ${number(total)} cases` : `${number(total)} cases`;
  byId("nothing").hidden = !isFiltered || found.size > 0;
  byId("clear").hidden = !isFiltered;
}

function filterSuite(suite, isWanted, isFiltered, found) {
  let count = 0;
  for (const row of suite.rows) {
    const wanted = isWanted(row);
    show(row, wanted);
    if (!wanted) continue;
    count += 1;
    found.add(row.number);
  }
  for (const chunk of suite.element.querySelectorAll(".chunk")) {
    chunk.hidden = isFiltered && !chunk.querySelector("tr[id]:not([hidden])");
  }
  suite.count = count;
  suite.element.hidden = isFiltered && count === 0;
  suite.match.textContent = isFiltered ? `, ${count.toLocaleString("en")} found` : "";
}

function filterProblems(isFiltered, found) {
  for (const problem of problemElements) {
    const cases = problem.dataset.cases.split(" ").filter(Boolean);
    problem.hidden = isFiltered && cases.length > 0 && !cases.some((number) => found.has(number));
  }
  byId("no-problem").hidden = !problemElements.length || problemElements.some((problem) => !problem.hidden);
}

// Opens suites if few cases are found; what a filter opened is closed when it changes.
function openFound(isFew) {
  for (const element of openedByFilter) element.open = false;
  openedByFilter = [];
  document.querySelector(".suites").classList.toggle("is-few", isFew);
  if (!isFew) return;
  for (const suite of rowsBySuite()) {
    if (suite.count && !suite.element.open) {
      suite.element.open = true;
      openedByFilter.push(suite.element);
    }
  }
}

// Goes to a problem or a case, and opens everything that it is folded in.
function goTo(target) {
  const element = target && byId(target);
  if (!element || !element.matches("details.problem, .cases tr")) return false;
  for (let at = element; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
    at.hidden = false;
  }
  if (element.matches("details.problem")) openProblem = target;
  element.scrollIntoView({ block: element.localName === "tr" ? "center" : "start" });
  (element.querySelector("summary") ?? element).focus({ preventScroll: true });
  for (const old of document.querySelectorAll(".target")) old.classList.remove("target");
  element.classList.add("target");
  return true;
}
