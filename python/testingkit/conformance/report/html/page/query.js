// The query language: words, NAME:WORD, and, or, not, parentheses. A parsed query is a function that
// returns whether it matches a row. An invalid query throws an Error with a message for the user.

const MAX_CHARACTERS = 1000;
const MAX_DEPTH = 50;

// The words after "is:", each with its column of parity.
const PARITY_WORDS = {
  different: "diverge",
  diverge: "diverge",
  agree: "agree",
  known: "known",
  partial: "partial",
  single: "single",
  none: "none",
};

function parseQuery(text, names) {
  if (text.length > MAX_CHARACTERS) throw new Error(`longer than ${MAX_CHARACTERS} characters`);
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let position = 0;

  const peek = () => tokens[position]?.toLowerCase();

  function parseOr(depth) {
    let left = parseAnd(depth);
    while (peek() === "or") {
      position += 1;
      const [one, other] = [left, parseAnd(depth)];
      left = (row) => one(row) || other(row);
    }
    return left;
  }

  function parseAnd(depth) {
    let left = parseNot(depth);
    while (position < tokens.length && peek() !== "or" && peek() !== ")") {
      if (peek() === "and") position += 1;
      const [one, other] = [left, parseNot(depth)];
      left = (row) => one(row) && other(row);
    }
    return left;
  }

  function parseNot(depth) {
    if (depth > MAX_DEPTH) throw new Error(`nested more than ${MAX_DEPTH} times`);
    const before = tokens[position - 1];
    const token = tokens[position];
    if (token === undefined || token === ")" || ["and", "or"].includes(peek())) {
      const missing = before ? `after “${before}”` : `before “${token}”`;
      throw new Error(`something is missing ${missing}`);
    }
    position += 1;
    if (token.toLowerCase() === "not") {
      const inner = parseNot(depth + 1);
      return (row) => !inner(row);
    }
    if (token !== "(") return parseTerm(token, names);
    const inner = parseOr(depth + 1);
    if (tokens[position] !== ")") throw new Error("a “)” is missing");
    position += 1;
    return inner;
  }

  if (!tokens.length) return () => true;
  const query = parseOr(0);
  if (position < tokens.length) throw new Error(`“${tokens[position]}” has nothing to close`);
  return query;
}

function parseTerm(token, names) {
  const colon = token.indexOf(":");
  if (colon < 1) {
    const word = token.toLowerCase();
    return (row) => row.id.includes(word);
  }
  const name = token.slice(0, colon).toLowerCase();
  const word = token.slice(colon + 1).toLowerCase();
  if (name === "suite") return (row) => row.suite.includes(word);
  if (name === "is") return parseParityTerm(word);
  const column = names.columns.get(word);
  const statuses = [...names.columns.keys()];
  if (column === undefined) throw new Error(`unknown status “${word}”; use one of: ${statuses.join(", ")}`);
  if (name === "any") return (row) => row.cells.slice(0, -1).includes(column);
  const index = names.runners.indexOf(name);
  if (index < 0) {
    const known = ["any", ...names.runners, "is", "suite"];
    throw new Error(`unknown runner “${name}”; use one of: ${known.join(", ")}`);
  }
  return (row) => row.cells[index] === column;
}

function parseParityTerm(word) {
  if (word === "problem") return (row) => row.isProblem;
  if (word === "known") return (row) => row.cells.includes("known");
  const parity = PARITY_WORDS[word === "identical" ? "agree" : word]; // its former name
  if (parity === undefined) {
    const words = ["problem", ...Object.keys(PARITY_WORDS)];
    throw new Error(`unknown word “${word}” after “is:”; use one of: ${words.join(", ")}`);
  }
  return (row) => row.cells[row.cells.length - 1] === parity;
}
