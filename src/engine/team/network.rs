//! The flow network of a month's teams: slot → (officer, day) → officer.
//!
//! A visit has two slots, lead and member. Only an officer's load costs
//! anything (weight × load²), so a shortest path is a search for the reachable
//! officer whose next visit is cheapest. Nodes and edges of the residual
//! network, with the (visit, officer) nodes folded into the slots:
//!
//! - slot → (officer, day): it could take an officer who is not in its visit;
//! - slot → other slot of its visit: it could take the other's officer;
//! - (officer, day) → slot: the officer could leave that slot;
//! - (officer, day) → officer, where the day has room for one visit more;
//! - officer → (officer, day), where a visit of that day could be given up.

use std::collections::VecDeque;
use std::ops::Range;

use chrono::NaiveDate;

/// What a visit offers: its day, and the officers permitted, in lottery order.
pub(super) struct Seats {
    pub day: NaiveDate,
    pub list: Vec<usize>,
}

/// A node of the residual network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Slot(usize),
    Duty(usize, usize),
    Officer(usize),
}

/// A place that nothing has reached yet, or the node one step nearer the search's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Unseen,
    Start,
    To(Node),
}

/// An assignment of officers to slots, with all that a search needs.
pub(super) struct Network {
    seats: Vec<Seats>,
    /// Place of each visit's day among the days that have visits.
    day_of: Vec<usize>,
    /// Slots of each day that may still change hands.
    open_on: Vec<Vec<usize>>,
    /// Whether an officer (column) is permitted for a visit (row).
    permitted: Vec<bool>,
    weights: Vec<u64>,
    leads: Vec<bool>,
    per_day: u32,
    /// Officer of each slot; slots 2v and 2v + 1 are lead and member of visit v.
    holder: Vec<Option<usize>>,
    fixed: Vec<bool>,
    /// Visits of each officer (row) on each day (column).
    duties: Vec<u32>,
    load: Vec<u64>,
}

impl Network {
    /// The network of seats, with nothing assigned yet.
    pub fn new(seats: Vec<Seats>, weights: Vec<u64>, leads: Vec<bool>, per_day: u32) -> Self {
        let mut days: Vec<NaiveDate> = seats.iter().map(|seats| seats.day).collect();
        days.sort_unstable();
        days.dedup();
        let officers = weights.len();
        let mut open_on = vec![Vec::new(); days.len()];
        let mut permitted = vec![false; seats.len() * officers];
        let mut day_of = Vec::with_capacity(seats.len());
        for (visit, seats) in seats.iter().enumerate() {
            let day = days
                .binary_search(&seats.day)
                .expect("the days are those of the visits");
            day_of.push(day);
            open_on[day].extend([2 * visit, 2 * visit + 1]);
            seats
                .list
                .iter()
                .for_each(|officer| permitted[visit * officers + officer] = true);
        }
        Self {
            holder: vec![None; seats.len() * 2],
            fixed: vec![false; seats.len() * 2],
            duties: vec![0; officers * days.len()],
            load: vec![0; officers],
            seats,
            day_of,
            open_on,
            permitted,
            weights,
            leads,
            per_day,
        }
    }

    fn officers(&self) -> usize {
        self.weights.len()
    }

    fn days(&self) -> usize {
        self.open_on.len()
    }

    fn duty(&self, officer: usize, day: usize) -> u32 {
        self.duties[officer * self.days() + day]
    }

    /// Whether a slot's visit permits an officer in the slot's role.
    fn may_take(&self, slot: usize, officer: usize) -> bool {
        let is_member = slot % 2 == 1;
        self.permitted[slot / 2 * self.officers() + officer] && (is_member || self.leads[officer])
    }

    /// What one visit more costs an officer.
    fn up(&self, officer: usize) -> u64 {
        self.weights[officer] * (2 * self.load[officer] + 1)
    }

    /// What one visit less saves an officer with a load.
    fn down(&self, officer: usize) -> u64 {
        self.weights[officer] * (2 * self.load[officer]).saturating_sub(1)
    }

    /// What the assignment costs.
    pub fn cost(&self) -> u64 {
        self.load
            .iter()
            .zip(&self.weights)
            .map(|(load, weight)| weight * load * load)
            .sum()
    }

    /// Lead and member of a visit of a filled network.
    pub fn team(&self, visit: usize) -> (usize, usize) {
        let seat = |slot: usize| self.holder[slot].expect("all slots are filled");
        (seat(2 * visit), seat(2 * visit + 1))
    }

    fn index(&self, node: Node) -> usize {
        let slots = self.holder.len();
        match node {
            Node::Slot(slot) => slot,
            Node::Duty(officer, day) => slots + officer * self.days() + day,
            Node::Officer(officer) => slots + self.duties.len() + officer,
        }
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::Unseen; self.holder.len() + self.duties.len() + self.officers()]
    }

    /// Gives an empty slot to an officer for good. Whether the slot's visit, its
    /// other slot and the officer's day permit it; if not, nothing changes.
    pub fn fix(&mut self, slot: usize, officer: usize) -> bool {
        let day = self.day_of[slot / 2];
        let is_open = self.may_take(slot, officer)
            && self.holder[slot ^ 1] != Some(officer)
            && self.duty(officer, day) < self.per_day;
        if is_open {
            self.apply(&[(slot, officer)]);
            self.fixed[slot] = true;
            self.open_on[day].retain(|open| *open != slot);
        }
        is_open
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.holder.len()
    }

    /// How many slots can be filled or settled with about `work` nodes looked at; at
    /// least one.
    pub fn slots_within(&self, work: usize) -> usize {
        let nodes = self.slots() + self.duties.len() + self.officers();
        (work / nodes.max(1)).max(1)
    }

    /// Fills the empty ones of these slots one by one at least cost. Whether all could
    /// be filled.
    ///
    /// With slots fixed before, the cost is the least among the plans that keep
    /// them: what is fixed only raises the costs from which the others start.
    pub fn fill(&mut self, slots: Range<usize>) -> bool {
        let mut is_full = true;
        for slot in slots {
            is_full &= self.holder[slot].is_some() || self.augment(slot);
        }
        is_full
    }

    /// Fills one more slot by a shortest path, if there is one.
    fn augment(&mut self, slot: usize) -> bool {
        let cheapest = (0..self.officers()).map(|officer| self.up(officer)).min();
        let (links, officers) = self.search(&[slot], cheapest.unwrap_or(0));
        let Some(end) = officers
            .into_iter()
            .min_by_key(|officer| (self.up(*officer), *officer))
        else {
            return false;
        };
        let mut moves = Vec::new();
        let mut node = Node::Officer(end);
        while let Link::To(before) = links[self.index(node)] {
            if let Node::Slot(slot) = before {
                moves.push((slot, self.taken_by_step(node)));
            }
            node = before;
        }
        self.apply(&moves);
        true
    }

    /// The officer that a slot takes by a step to `node`.
    fn taken_by_step(&self, node: Node) -> usize {
        match node {
            Node::Duty(officer, _) => officer,
            Node::Slot(other) => self.holder[other].expect("a slot is left for its officer"),
            Node::Officer(_) => unreachable!("no edge leads from a slot to an officer"),
        }
    }

    /// Gives slots new officers; all old ones are let go first.
    fn apply(&mut self, moves: &[(usize, usize)]) {
        let days = self.days();
        for &(slot, _) in moves {
            if let Some(old) = self.holder[slot] {
                self.duties[old * days + self.day_of[slot / 2]] -= 1;
                self.load[old] -= 1;
            }
        }
        for &(slot, new) in moves {
            self.holder[slot] = Some(new);
            self.duties[new * days + self.day_of[slot / 2]] += 1;
            self.load[new] += 1;
        }
    }

    /// Searches forward from slots; links point back to them. The officers
    /// reached come in order of discovery; the search ends with the first whose
    /// next visit costs `enough` or less.
    fn search(&self, starts: &[usize], enough: u64) -> (Vec<Link>, Vec<usize>) {
        let mut links = self.links();
        let mut queue: VecDeque<Node> = starts.iter().map(|slot| Node::Slot(*slot)).collect();
        starts.iter().for_each(|slot| links[*slot] = Link::Start);
        let mut officers = Vec::new();
        let mut next = Vec::new();
        while let Some(node) = queue.pop_front() {
            self.successors(node, &mut next);
            for found in next.drain(..) {
                let at = self.index(found);
                if links[at] == Link::Unseen {
                    links[at] = Link::To(node);
                    queue.push_back(found);
                    if let Node::Officer(officer) = found {
                        officers.push(officer);
                        if self.up(officer) <= enough {
                            return (links, officers);
                        }
                    }
                }
            }
        }
        (links, officers)
    }

    fn successors(&self, node: Node, next: &mut Vec<Node>) {
        match node {
            Node::Slot(slot) => {
                let (visit, other) = (slot / 2, slot ^ 1);
                for &officer in &self.seats[visit].list {
                    if !self.may_take(slot, officer) || self.holder[slot] == Some(officer) {
                        continue;
                    }
                    if self.holder[other] != Some(officer) {
                        next.push(Node::Duty(officer, self.day_of[visit]));
                    } else if !self.fixed[other] {
                        next.push(Node::Slot(other));
                    }
                }
            }
            Node::Duty(officer, day) => {
                if self.duty(officer, day) < self.per_day {
                    next.push(Node::Officer(officer));
                }
                next.extend(self.held(officer, day).map(Node::Slot));
            }
            Node::Officer(officer) => {
                let busy = (0..self.days()).filter(|day| self.duty(officer, *day) > 0);
                next.extend(busy.map(|day| Node::Duty(officer, day)));
            }
        }
    }

    /// Slots of a day that an officer holds and may still leave.
    fn held(&self, officer: usize, day: usize) -> impl Iterator<Item = usize> {
        let slots = self.open_on[day].iter().copied();
        slots.filter(move |slot| self.holder[*slot] == Some(officer))
    }

    /// Contested visits and the officers they contest, in order of index:
    /// everything that an unfilled slot reaches (Dulmage and Mendelsohn 1958).
    pub fn contested(&self) -> (Vec<usize>, Vec<usize>) {
        let empty: Vec<usize> = (0..self.holder.len())
            .filter(|slot| self.holder[*slot].is_none())
            .collect();
        // No unfilled slot reaches an officer with room, so nothing ends the search early.
        let (links, _) = self.search(&empty, 0);
        let seen = |node: Node| links[self.index(node)] != Link::Unseen;
        let visits = (0..self.seats.len())
            .filter(|visit| seen(Node::Slot(2 * visit)) || seen(Node::Slot(2 * visit + 1)));
        let officers = (0..self.officers())
            .filter(|officer| (0..self.days()).any(|day| seen(Node::Duty(*officer, day))));
        (visits.collect(), officers.collect())
    }

    /// Makes a filled network of least cost the first in lottery order, as far as these
    /// slots go; those before them are settled.
    pub fn settle(&mut self, slots: Range<usize>) {
        for slot in slots {
            let current = self.holder[slot].expect("all slots are filled");
            let list = &self.seats[slot / 2].list;
            let earlier: Vec<usize> = list
                .iter()
                .copied()
                .take_while(|officer| *officer != current)
                .collect();
            if earlier.iter().any(|officer| self.may_take(slot, *officer)) {
                self.improve(slot, &earlier);
            }
            self.fixed[slot] = true;
            self.open_on[self.day_of[slot / 2]].retain(|open| *open != slot);
        }
    }

    /// Gives `slot` the first of `wanted` that a zero-cost cycle can bring to it.
    fn improve(&mut self, slot: usize, wanted: &[usize]) {
        let (day, other) = (self.day_of[slot / 2], slot ^ 1);
        let first_step = |officer: &usize| {
            let is_other = self.holder[other] == Some(*officer);
            let step = if is_other {
                Node::Slot(other)
            } else {
                Node::Duty(*officer, day)
            };
            let open = self.may_take(slot, *officer) && !(is_other && self.fixed[other]);
            open.then_some((*officer, step))
        };
        let steps: Vec<(usize, Node)> = wanted.iter().filter_map(first_step).collect();
        let Some(goal) = steps.first() else { return };
        let (links, giver) = self.search_back(slot, goal.1);
        let reached = |step: &&(usize, Node)| links[self.index(step.1)] != Link::Unseen;
        let Some(&(officer, mut node)) = steps.iter().find(reached) else {
            return;
        };
        let mut moves = vec![(slot, officer)];
        loop {
            let next = match links[self.index(node)] {
                Link::To(next) => next,
                // Over the sink: one officer takes a visit, the giver gives one up.
                Link::Start if node != Node::Slot(slot) => Node::Officer(giver),
                _ => break,
            };
            if let Node::Slot(at) = node {
                moves.push((at, self.taken_by_step(next)));
            }
            node = next;
        }
        self.apply(&moves);
    }

    /// Searches backward from `slot` along residual paths of cost 0; links point
    /// on towards it. A path may cross the sink once: from an officer whose next
    /// visit costs what the returned officer's last one saves.
    ///
    /// The plan has least cost, so no cycle is negative: only the largest saving
    /// that reaches the slot can be matched. The search ends once it reaches `goal`.
    fn search_back(&self, slot: usize, goal: Node) -> (Vec<Link>, usize) {
        let mut links = self.links();
        links[slot] = Link::Start;
        let mut officers = Vec::new();
        let start = VecDeque::from([Node::Slot(slot)]);
        self.spread_back(start, self.index(goal), &mut links, &mut officers);
        if links[self.index(goal)] != Link::Unseen {
            // The path does not cross the sink, so no giver is asked for.
            return (links, 0);
        }
        let giver = officers
            .iter()
            .copied()
            .max_by_key(|officer| self.down(*officer));
        let giver = giver.expect("the slot's own officer gives it up");
        let mut queue = VecDeque::new();
        for officer in 0..self.officers() {
            let at = self.index(Node::Officer(officer));
            if links[at] == Link::Unseen && self.up(officer) == self.down(giver) {
                links[at] = Link::Start;
                queue.push_back(Node::Officer(officer));
            }
        }
        self.spread_back(queue, self.index(goal), &mut links, &mut officers);
        (links, giver)
    }

    fn spread_back(
        &self,
        mut queue: VecDeque<Node>,
        goal: usize,
        links: &mut [Link],
        officers: &mut Vec<usize>,
    ) {
        let mut found = Vec::new();
        while links[goal] == Link::Unseen {
            let Some(node) = queue.pop_front() else {
                return;
            };
            self.predecessors(node, &mut found);
            for before in found.drain(..) {
                let at = self.index(before);
                if links[at] == Link::Unseen {
                    links[at] = Link::To(node);
                    queue.push_back(before);
                    if let Node::Officer(officer) = before {
                        officers.push(officer);
                    }
                }
            }
        }
    }

    fn predecessors(&self, node: Node, found: &mut Vec<Node>) {
        match node {
            Node::Slot(slot) => {
                let Some(officer) = self.holder[slot] else {
                    return;
                };
                found.push(Node::Duty(officer, self.day_of[slot / 2]));
                if !self.fixed[slot ^ 1] && self.may_take(slot ^ 1, officer) {
                    found.push(Node::Slot(slot ^ 1));
                }
            }
            Node::Duty(officer, day) => {
                let could_take = |slot: &usize| {
                    self.may_take(*slot, officer)
                        && self.holder[*slot] != Some(officer)
                        && self.holder[slot ^ 1] != Some(officer)
                };
                let slots = self.open_on[day].iter().copied();
                found.extend(slots.filter(could_take).map(Node::Slot));
                if self.duty(officer, day) > 0 {
                    found.push(Node::Officer(officer));
                }
            }
            Node::Officer(officer) => {
                let roomy = (0..self.days()).filter(|day| self.duty(officer, *day) < self.per_day);
                found.extend(roomy.map(|day| Node::Duty(officer, day)));
            }
        }
    }
}
