// The query language: words, NAME:WORD, and, or, not, parentheses. A query is a function of a row.
// What cannot be read is an Error whose message says what is wrong.

const MOST_CHARACTERS = 1000;
const MOST_DEPTH = 50;

// Words of parity, and what they are called here.
const PARITY_WORDS = {
  different: "diverge",
  diverge: "diverge",
  agree: "agree",
  known: "known",
  partial: "partial",
  single: "single",
  none: "none",
};

function parseQuery(text, world) {
  if (text.length > MOST_CHARACTERS) throw new Error(`longer than ${MOST_CHARACTERS} characters`);
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let place = 0;

  const peek = () => tokens[place]?.toLowerCase();

  function either(depth) {
    let left = both(depth);
    while (peek() === "or") {
      place += 1;
      const [one, other] = [left, both(depth)];
      left = (row) => one(row) || other(row);
    }
    return left;
  }

  function both(depth) {
    let left = negated(depth);
    while (place < tokens.length && peek() !== "or" && peek() !== ")") {
      if (peek() === "and") place += 1;
      const [one, other] = [left, negated(depth)];
      left = (row) => one(row) && other(row);
    }
    return left;
  }

  function negated(depth) {
    if (depth > MOST_DEPTH) throw new Error(`nested more than ${MOST_DEPTH} times`);
    const before = tokens[place - 1];
    const token = tokens[place];
    if (token === undefined || token === ")" || ["and", "or"].includes(peek())) {
      throw new Error(before ? `something is missing after “${before}”` : `“${token}” begins nothing`);
    }
    place += 1;
    if (token.toLowerCase() === "not") {
      const inner = negated(depth + 1);
      return (row) => !inner(row);
    }
    if (token !== "(") return term(token, world);
    const inner = either(depth + 1);
    if (tokens[place] !== ")") throw new Error("a “)” is missing");
    place += 1;
    return inner;
  }

  if (!tokens.length) return () => true;
  const query = either(0);
  if (place < tokens.length) throw new Error(`“${tokens[place]}” has nothing to close`);
  return query;
}

function term(token, world) {
  const colon = token.indexOf(":");
  if (colon < 1) {
    const word = token.toLowerCase();
    return (row) => row.id.includes(word);
  }
  const name = token.slice(0, colon).toLowerCase();
  const word = token.slice(colon + 1).toLowerCase();
  if (name === "suite") return (row) => row.suite.includes(word);
  if (name === "is") return parityTerm(word);
  const column = world.columns.get(word);
  const known = [...world.columns.keys()];
  if (column === undefined) throw new Error(`no status is “${word}”; there are: ${known.join(", ")}`);
  if (name === "any") return (row) => row.cells.slice(0, -1).includes(column);
  const index = world.runners.indexOf(name);
  if (index < 0) {
    const names = ["any", ...world.runners, "is", "suite"];
    throw new Error(`no runner is “${name}”; before a colon stands one of: ${names.join(", ")}`);
  }
  return (row) => row.cells[index] === column;
}

function parityTerm(word) {
  if (word === "problem") return (row) => row.isProblem;
  if (word === "known") return (row) => row.cells.includes("known");
  const parity = PARITY_WORDS[word === "identical" ? "agree" : word]; // its former name
  if (parity === undefined) {
    const words = ["problem", ...Object.keys(PARITY_WORDS)];
    throw new Error(`nothing is “${word}”; there are: ${words.join(", ")}`);
  }
  return (row) => row.cells[row.cells.length - 1] === parity;
}
