use super::{Shape, Statement, Unit};

/// Walks along a [`Shape`] byte by byte. Every state can be led to an end.
#[derive(Debug)]
pub struct Automaton {
    nodes: Vec<Node>,
    statements: Vec<Places>,
    between: u32,
}

/// Where a text stands within a shape. Nothing is kept of the text itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// All ways in which the text so far can be read.
    threads: Vec<Thread>,
    /// The statements that are made, a bit each.
    made: u64,
    may_end: bool,
}

/// How a text goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ahead {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// So many of them are certain: nothing else may be written.
    pub sure: usize,
    /// All are certain, and behind them the text is over.
    pub ends: bool,
}

/// One way to read a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Thread {
    node: u32,
    statement: u8,
    said: Said,
}

/// What a sentence has so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Said {
    units: u8,
    met: u32,
}

#[derive(Debug, Default)]
struct Node {
    next: Vec<(u8, u32)>,
    /// What is whole when this node is reached.
    whole: Vec<Whole>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// A unit, with the place where the next unit of its span begins.
    Unit { next: u32, meets: u32 },
    /// A comma.
    Comma,
    /// The mark and the full stop: a whole sentence.
    Sentence,
    /// White space between sentences.
    Between,
}

/// Where the parts of a statement begin.
#[derive(Debug)]
struct Places {
    opening: u32,
    /// Pieces that meet no need, however far they are written; nothing where there is none.
    spare: Option<u32>,
    /// For each need, pieces that meet it if they are written far enough.
    needed: Vec<(u32, u32)>,
    comma: u32,
    ending: u32,
    needs: u32,
    least_units: u8,
    in_order: bool,
}

impl Automaton {
    /// At most 64 statements are taken up, more than any prompt has room for.
    pub(super) fn new(shape: &Shape) -> Self {
        let mut nodes = Nodes(Vec::new());
        let between = nodes.root();
        for white in [" ", "\n"] {
            nodes.add(between, white, Whole::Between);
        }
        let able = shape.statements.iter().filter(|statement| statement.can_be_made()).take(64);
        let statements = able.map(|statement| nodes.statement(statement)).collect();
        Self { nodes: nodes.0, statements, between }
    }

    /// Nothing is written yet.
    pub fn start(&self) -> State {
        let mut state = State { threads: Vec::new(), made: 0, may_end: self.statements.is_empty() };
        self.open_sentence(&mut state);
        // Some tokenisers begin a text with a space.
        state.threads.push(Thread { node: self.between, statement: 0, said: Said::default() });
        state
    }

    /// The state after one more byte, if it may be written.
    pub fn step(&self, state: &State, byte: u8) -> Option<State> {
        let mut after = State { threads: Vec::new(), made: state.made, may_end: false };
        for thread in &state.threads {
            let next = &self.node(thread.node).next;
            let Some((_, node)) = next.iter().find(|(own, _)| *own == byte) else { continue };
            if !self.node(*node).next.is_empty() {
                after.threads.push(Thread { node: *node, ..*thread });
            }
            for whole in &self.node(*node).whole {
                self.reach(*whole, thread, &mut after);
            }
        }
        after.threads.sort_unstable();
        after.threads.dedup();
        (!after.threads.is_empty() || after.may_end).then_some(after)
    }

    /// The state after a text, if all of it may be written.
    pub fn walk(&self, state: &State, text: &[u8]) -> Option<State> {
        let mut state = state.clone();
        for byte in text {
            state = self.step(&state, *byte)?;
        }
        Some(state)
    }

    /// The bytes that may be written next, in order.
    pub fn next_bytes(&self, state: &State) -> Vec<u8> {
        let nodes = state.threads.iter().map(|thread| self.node(thread.node));
        let mut bytes: Vec<u8> =
            nodes.flat_map(|node| node.next.iter().map(|(byte, _)| *byte)).collect();
        bytes.sort_unstable();
        bytes.dedup();
        bytes
    }

    /// How a text most likely goes on, at most so many bytes: a run is written on to its end, then
    /// the mark. Stops where a sentence opens or the text may end.
    pub fn ahead(&self, state: &State, most: usize) -> Ahead {
        let mut ahead = Ahead::default();
        let mut state = state.clone();
        while ahead.bytes.len() < most && !state.may_end {
            let next = self.next_bytes(&state);
            let byte = match next.as_slice() {
                [only] => Some(*only),
                _ => self.straight_on(&state),
            };
            let Some(byte) = byte else { break };
            let Some(after) = self.step(&state, byte) else { break };
            if next.len() == 1 && ahead.sure == ahead.bytes.len() {
                ahead.sure += 1;
            }
            ahead.bytes.push(byte);
            state = after;
        }
        let over = state.may_end && self.next_bytes(&state).is_empty();
        ahead.ends = over && ahead.sure == ahead.bytes.len();
        ahead
    }

    /// The byte that goes on with what is being said. Nodes of runs are the latest, and a node's
    /// first byte is that of the form which stands in the source.
    fn straight_on(&self, state: &State) -> Option<u8> {
        let opens = |thread: &Thread| {
            let places = self.statements.get(usize::from(thread.statement));
            places.is_some_and(|places| places.opening == thread.node)
        };
        let latest = state.threads.iter().max_by_key(|thread| thread.node)?;
        let (byte, _) = self.node(latest.node).next.first()?;
        (!state.threads.iter().any(opens)).then_some(*byte)
    }

    fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// Adds the threads that go on from what is whole.
    fn reach(&self, whole: Whole, thread: &Thread, after: &mut State) {
        let from = |node, said| Thread { node, said, statement: thread.statement };
        let Some(places) = self.statements.get(usize::from(thread.statement)) else { return };
        let said = thread.said;
        match whole {
            Whole::Unit { next, meets } => {
                let said = Said { units: said.units.saturating_add(1), met: said.met | meets };
                if next != NOWHERE {
                    after.threads.push(from(next, said));
                }
                if places.is_enough(said) {
                    after.threads.push(from(places.ending, said));
                }
                if !places.further(said).is_empty() {
                    after.threads.push(from(places.comma, said));
                }
            }
            Whole::Comma => {
                let further = places.further(said).into_iter();
                after.threads.extend(further.map(|root| from(root, said)));
            }
            Whole::Sentence => {
                after.made |= 1 << thread.statement;
                after.may_end = true;
                if after.made.count_ones() as usize != self.statements.len() {
                    after.threads.push(from(self.between, Said::default()));
                }
            }
            Whole::Between => self.open_sentence(after),
        }
    }

    fn open_sentence(&self, state: &mut State) {
        let mut waits = false;
        for (statement, places) in (0..).zip(&self.statements) {
            if state.made & (1 << statement) == 0 && !(places.in_order && waits) {
                let said = Said::default();
                state.threads.push(Thread { node: places.opening, statement, said });
                waits |= places.in_order;
            }
        }
    }
}

impl Places {
    fn is_enough(&self, said: Said) -> bool {
        said.met & self.needs == self.needs && said.units >= self.least_units
    }

    /// Where another piece may begin: one that says what is still lacking. Details follow what they belong to, or
    /// are left out; a model that may add them by themselves says the same one again and again.
    fn further(&self, said: Said) -> Vec<u32> {
        let unmet = self.needed.iter().filter(|(need, _)| said.met & need == 0);
        let further: Vec<u32> = unmet.map(|(_, root)| *root).collect();
        if !further.is_empty() || said.units >= self.least_units {
            return further;
        }
        self.needed.iter().map(|(_, root)| *root).chain(self.spare).collect()
    }
}

impl State {
    /// Whether the text may end here: behind a whole sentence, and nowhere else.
    pub fn may_end(&self) -> bool {
        self.may_end
    }
}

impl Statement {
    /// Whether some of its units together meet its needs.
    fn can_be_made(&self) -> bool {
        let units = || self.spans.iter().flatten();
        let met = units().fold(0, |met, unit| met | unit.meets);
        let opens = units().any(|unit| !unit.opens.is_empty());
        // Whatever is needed can be reached from the beginning of its span, at any time.
        let reachable = |span: &Vec<Unit>| span.first().is_none_or(|unit| !unit.begins.is_empty());
        opens && met & self.needs == self.needs && self.spans.iter().all(reachable)
    }
}

/// The span ends.
const NOWHERE: u32 = u32::MAX;

/// Tries side by side in one list.
struct Nodes(Vec<Node>);

impl Nodes {
    #[expect(clippy::cast_possible_truncation, reason = "a shape has some thousand bytes")]
    fn root(&mut self) -> u32 {
        self.0.push(Node::default());
        (self.0.len() - 1) as u32
    }

    fn add(&mut self, root: u32, text: &str, whole: Whole) {
        let mut at = root;
        for byte in text.bytes() {
            let known = self.0[at as usize].next.iter().find(|(own, _)| *own == byte);
            at = if let Some((_, node)) = known {
                *node
            } else {
                let node = self.root();
                self.0[at as usize].next.push((byte, node));
                node
            };
        }
        let ends = &mut self.0[at as usize].whole;
        if !text.is_empty() && !ends.contains(&whole) {
            ends.push(whole);
        }
    }

    fn statement(&mut self, statement: &Statement) -> Places {
        let needs = (0..u32::BITS).map(|bit| 1 << bit).filter(|need| statement.needs & need != 0);
        let mut places = Places {
            opening: self.root(),
            spare: None,
            needed: needs.map(|need| (need, self.root())).collect(),
            comma: self.root(),
            ending: self.root(),
            needs: statement.needs,
            least_units: statement.least_units,
            in_order: statement.in_order,
        };
        for span in &statement.spans {
            self.span(span, &mut places);
        }
        self.add(places.comma, ",", Whole::Comma);
        for ending in [format!(" {}.", statement.mark), format!(". {}", statement.mark)] {
            self.add(places.ending, &ending, Whole::Sentence);
        }
        places
    }

    fn span(&mut self, span: &[Unit], places: &mut Places) {
        // From the last unit back, because each leads to the one behind it.
        let (mut next, mut ahead) = (NOWHERE, 0);
        for unit in span.iter().rev() {
            ahead |= unit.meets & places.needs;
            let whole = Whole::Unit { next, meets: unit.meets };
            for form in &unit.opens {
                self.add(places.opening, form, whole);
            }
            let needed = places.needed.iter().filter(|(need, _)| ahead & need != 0);
            let mut roots: Vec<u32> = needed.map(|(_, root)| *root).collect();
            if roots.is_empty() && !unit.begins.is_empty() {
                roots.push(*places.spare.get_or_insert_with(|| self.root()));
            }
            for form in &unit.begins {
                for root in &roots {
                    self.add(*root, &format!(" {form}"), whole);
                }
            }
            let this = self.root();
            for form in &unit.continues {
                self.add(this, form, whole);
            }
            next = this;
        }
    }
}

#[cfg(test)]
mod tests;
