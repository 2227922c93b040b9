// The cases and problems of the page. They are read from its tables when they are first needed.

const byId = (id) => document.getElementById(id);
const suiteElements = [...document.querySelectorAll("details.suite")];
const problemElements = [...document.querySelectorAll("details.problem")];

const options = (id) => [...byId(id).options].slice(1);
const names = {
  runners: options("runner").slice(0, -1).map((option) => option.text.toLowerCase()),
  columns: new Map(options("status").map((option) => [option.text, option.value])),
};

let readRows;
function rowsBySuite() {
  readRows ??= suiteElements.map((element) => ({
    element,
    name: element.dataset.suite,
    match: element.querySelector("i.match"),
    rows: [...element.querySelectorAll("tr[id]")].map((row) => readRow(row, element.dataset.suite)),
  }));
  return readRows;
}

function readRow(row, suite) {
  const [head, , ...cells] = row.cells;
  const next = row.nextElementSibling;
  const name = head.firstChild.data.trim();
  return {
    row,
    more: next !== null && next.id === "" ? next : null,
    number: row.id.slice(1),
    id: `${suite}/${name}`.toLowerCase(),
    suite: suite.toLowerCase(),
    cells: cells.map((cell) => cell.className.split(" ")[0]),
    isProblem: head.childElementCount > 0,
    shown: true,
  };
}

function show(row, isShown) {
  if (row.shown === isShown) return;
  row.shown = isShown;
  row.row.hidden = !isShown;
  if (row.more) row.more.hidden = !isShown;
}
