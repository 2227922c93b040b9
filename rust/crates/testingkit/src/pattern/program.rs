//! Translates the tree of a pattern into instructions (`docs/kit/pattern.md`, matching).

use super::chars::Ranges;
use super::tree::{At, Counts, Node};

/// One step. It refers to others by index.
#[derive(Debug, Clone)]
pub(super) enum Instruction {
    /// Reads a code point of a set, and continues.
    Take(Ranges, usize),
    /// Continues if a condition on the place holds.
    Check(At, usize),
    /// Continues at both instructions, the first one preferred.
    Split(usize, usize),
    /// Saves the place in a slot, and continues.
    Save(usize, usize),
    /// The pattern has matched.
    Accept,
}

/// The instructions of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) instructions: Vec<Instruction>,
    pub(super) start: usize,
}

impl Program {
    /// Writes from the end, so that the next instruction always exists.
    pub(super) fn new(tree: &Node) -> Self {
        let mut program = Self {
            instructions: vec![Instruction::Accept],
            start: 0,
        };
        program.start = program.write(tree, 0);
        program
    }

    fn add(&mut self, instruction: Instruction) -> usize {
        self.instructions.push(instruction);
        self.instructions.len() - 1
    }

    /// Writes a node that continues at `then`, and returns where it starts.
    fn write(&mut self, node: &Node, then: usize) -> usize {
        match node {
            Node::Chars(ranges) => self.add(Instruction::Take(ranges.clone(), then)),
            Node::At(place) => self.add(Instruction::Check(*place, then)),
            Node::Sequence(parts) => {
                let parts = parts.iter().rev();
                parts.fold(then, |then, part| self.write(part, then))
            }
            Node::Choice(options) => {
                let starts: Vec<_> = options
                    .iter()
                    .map(|option| self.write(option, then))
                    .collect();
                let start = starts
                    .into_iter()
                    .rev()
                    .reduce(|start, other| self.add(Instruction::Split(other, start)));
                start.unwrap_or(then)
            }
            Node::Group(body, None) => self.write(body, then),
            Node::Group(body, Some(number)) => {
                let end = self.add(Instruction::Save(2 * number + 2, then));
                let start = self.write(body, end);
                self.add(Instruction::Save(2 * number + 1, start))
            }
            Node::Repeat(body, counts) => self.write_repeat(body, *counts, then),
        }
    }

    fn write_repeat(&mut self, body: &Node, counts: Counts, then: usize) -> usize {
        let mut start = then;
        let mut required = counts.minimum;
        match counts.maximum {
            Some(maximum) => {
                for _ in counts.minimum..maximum {
                    let body = self.write(body, start);
                    start = self.add(either(counts, body, then));
                }
            }
            None => {
                start = self.write_loop(body, counts, then);
                if required == 0 {
                    start = self.add(either(counts, start, then));
                }
                required = required.saturating_sub(1);
            }
        }
        (0..required).fold(start, |start, _| self.write(body, start))
    }

    /// Writes the body at least once.
    fn write_loop(&mut self, body: &Node, counts: Counts, then: usize) -> usize {
        let again = self.add(Instruction::Accept); // Replaced when the start of the body is known.
        let start = self.write(body, again);
        self.instructions[again] = either(counts, start, then);
        start
    }
}

/// Continues at the body or behind the repetition.
const fn either(counts: Counts, body: usize, then: usize) -> Instruction {
    if counts.lazy {
        Instruction::Split(then, body)
    } else {
        Instruction::Split(body, then)
    }
}
