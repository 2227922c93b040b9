//! Runs the program of a pattern on a text (`docs/kit/pattern.md`, matching).

use std::rc::Rc;

use super::chars::is_word;
use super::program::{Instruction, Program};
use super::tree::At;

/// The start of the match, then the start and the end of each named group.
pub(super) type Slots = Rc<[Option<usize>]>;

/// An instruction, and the slots of the thread.
type Thread = (usize, Slots);

/// A match.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) slots: Slots,
    pub(super) end: usize,
}

/// A program on a text.
///
/// All threads advance together, one code point at a time. At each place there is at most one thread
/// at an instruction, the preferred one, so the time is bounded by the text times the program.
#[derive(Debug)]
pub(super) struct Matcher<'a> {
    program: &'a Program,
    names: usize,
    text: Vec<char>,
    /// For each instruction, the last place at which a thread was there.
    seen: Vec<Option<usize>>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(program: &'a Program, names: usize, text: &str) -> Self {
        Self {
            program,
            names,
            text: text.chars().collect(),
            seen: Vec::new(),
        }
    }

    /// Returns the first match that starts at `begin` or later.
    pub(super) fn first(&mut self, begin: usize) -> Option<Found> {
        self.search(begin, false)
    }

    /// Returns whether a match starts at the start of the text and ends at its end.
    pub(super) fn whole(&mut self) -> bool {
        self.search(0, true).is_some()
    }

    fn search(&mut self, begin: usize, whole: bool) -> Option<Found> {
        let program = self.program;
        self.seen = vec![None; program.instructions.len()];
        let mut threads: Vec<Thread> = Vec::new();
        let mut found = None;
        for place in begin..=self.text.len() {
            if found.is_none() && (place == begin || !whole) {
                let mut slots = vec![None; 2 * self.names + 1];
                slots[0] = Some(place);
                self.follow(&mut threads, program.start, place, slots.into());
            } else if threads.is_empty() {
                break;
            }
            let point = self.text.get(place).copied();
            let mut following = Vec::with_capacity(threads.len());
            for (at, slots) in threads {
                if let Instruction::Take(ranges, then) = &program.instructions[at] {
                    if point.is_some_and(|point| ranges.contains(point)) {
                        self.follow(&mut following, *then, place + 1, slots);
                    }
                } else if point.is_none() || !whole {
                    found = Some(Found { slots, end: place });
                    break;
                }
            }
            threads = following;
        }
        found
    }

    /// Adds a thread for each code point or end that is possible next, in order of preference.
    fn follow(&mut self, threads: &mut Vec<Thread>, start: usize, place: usize, slots: Slots) {
        let mut waiting = vec![(start, slots)];
        while let Some((at, slots)) = waiting.pop() {
            if self.seen[at] == Some(place) {
                continue;
            }
            self.seen[at] = Some(place);
            match self.program.instructions[at] {
                Instruction::Split(first, second) => {
                    waiting.push((second, Rc::clone(&slots)));
                    waiting.push((first, slots));
                }
                Instruction::Save(slot, then) => {
                    let mut saved = slots.to_vec();
                    saved[slot] = Some(place);
                    waiting.push((then, saved.into()));
                }
                Instruction::Check(condition, then) => {
                    if self.holds(condition, place) {
                        waiting.push((then, slots));
                    }
                }
                Instruction::Take(..) | Instruction::Accept => threads.push((at, slots)),
            }
        }
    }

    fn holds(&self, condition: At, place: usize) -> bool {
        let before = place.checked_sub(1).map(|place| self.text[place]);
        let after = self.text.get(place).copied();
        let boundary = before.is_some_and(is_word) != after.is_some_and(is_word);
        match condition {
            At::TextStart => before.is_none(),
            At::TextEnd => after.is_none(),
            At::LineStart => matches!(before, None | Some('\n')),
            At::LineEnd => matches!(after, None | Some('\n')),
            At::WordBoundary => boundary,
            At::NotWordBoundary => !boundary,
        }
    }
}
