//! What sets of roles demand at every place, worked out when the snapshot is compiled, where that is little.
//!
//! In a company whose users hold few different sets of roles, each of these sets has a table: for a place and an action one
//! byte, the number of a [`Demand`]. A check then looks at two places in memory instead of at what each role says. Where the tables would
//! be larger than [`MOST_CELLS`] there are none, and every question walks the lines of the roles: tables that do not stay in the
//! nearest memory are slower than lines that do.
//!
//! Deliberately absent: a meaning. What is kept is what `resolve` said when it was asked.

use std::collections::HashMap;

use crate::directory::User;
use crate::index::{Ix, IxVec};
use crate::snapshot::people::People;
use crate::snapshot::role_sets::RoleSet;
use crate::vocabulary::{Action, Place, Relations};

/// The most bytes that the tables of all sets may take together. Filling one takes some twenty nanoseconds.
const MOST_CELLS: usize = 1 << 16;

/// What an action demands of a record: that the viewer stands to it in one of each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Demand {
    /// For the action itself.
    pub(crate) own: Relations,
    /// For its prerequisite; all of them, if it has none.
    pub(crate) required: Relations,
}

/// What is known beforehand of an action at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Foreseen {
    These(Demand),
    /// The action is not offered there.
    NotOffered,
    /// It takes more than that to say.
    More,
}

/// The number of a demand.
type Code = u8;

const MORE: Code = 0;
const NOT_OFFERED: Code = 1;
const NOTHING: Demand = Demand { own: Relations::empty(), required: Relations::empty() };

/// The tables of all sets of roles, if there are any.
#[derive(Debug)]
pub(crate) struct Digest {
    /// Where the places of a user's set begin; of the first set nothing is known.
    starts: IxVec<User, u32>,
    /// By set, place and action.
    codes: Vec<Code>,
    actions: usize,
    demands: Box<[Demand; 1 << Code::BITS]>,
}

/// What is known of all actions at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Digested<'a> {
    codes: &'a [Code],
    demands: &'a [Demand; 1 << Code::BITS],
}

impl Default for Digest {
    fn default() -> Self {
        let demands = Box::new([NOTHING; 1 << Code::BITS]);
        Self { starts: IxVec::default(), codes: Vec::new(), actions: 0, demands }
    }
}

impl Digest {
    /// What the sets of roles that ordinary users hold demand, each asked for every place and action.
    pub(crate) fn new(
        people: &People,
        places: usize,
        actions: usize,
        mut ask: impl FnMut(RoleSet, Ix<Place>, Ix<Action>) -> Foreseen,
    ) -> Self {
        let mut digest = Self { actions, ..Self::default() };
        let Some(sets) = digest.number(people, places) else { return Self::default() };
        let mut numbers = HashMap::new();
        digest.codes.resize(places * actions, MORE);
        for set in sets {
            for (place, action) in
                (0..places).flat_map(|place| (0..actions).map(move |action| (place, action)))
            {
                let foreseen = ask(set, Ix::from_count(place), Ix::from_count(action));
                let code = digest.code(foreseen, &mut numbers);
                digest.codes.push(code);
            }
        }
        digest
    }

    /// Numbers the sets, from one; nothing, if they are too many.
    fn number(&mut self, people: &People, places: usize) -> Option<Vec<RoleSet>> {
        let cells = places.checked_mul(self.actions).filter(|cells| *cells > 0)?;
        let (mut sets, mut known) = (Vec::new(), HashMap::new());
        for (_, row) in people.rows() {
            let set = (!row.standing().is_special()).then_some(row.role_set());
            let number = set.map_or(0, |set| {
                *known.entry(set).or_insert_with(|| {
                    sets.push(set);
                    sets.len()
                })
            });
            if (sets.len() + 1).checked_mul(cells)? > MOST_CELLS {
                return None;
            }
            self.starts.push(u32::try_from(number * places).ok()?);
        }
        Some(sets)
    }

    fn code(&mut self, foreseen: Foreseen, numbers: &mut HashMap<Demand, Code>) -> Code {
        let demand = match foreseen {
            Foreseen::These(demand) => demand,
            Foreseen::NotOffered => return NOT_OFFERED,
            Foreseen::More => return MORE,
        };
        if let Some(code) = numbers.get(&demand) {
            return *code;
        }
        let number = numbers.len() + usize::from(NOT_OFFERED) + 1;
        let (Ok(code), Some(slot)) = (Code::try_from(number), self.demands.get_mut(number)) else {
            return MORE;
        };
        *slot = demand;
        numbers.insert(demand, code);
        code
    }

    /// How many bytes the tables take together.
    #[cfg(test)]
    pub(crate) fn cells(&self) -> usize {
        self.codes.len()
    }

    /// What is demanded of a user at a place, if the action is offered there and nothing more is to be said. He must be an ordinary
    /// one.
    #[inline(always)]
    pub(crate) fn demand(&self, user: Ix<User>, place: Ix<Place>, action: Ix<Action>) -> Option<Demand> {
        let code = *self.codes.get(self.start(user, place)? + action.as_usize())?;
        if code > NOT_OFFERED { self.demands.get(usize::from(code)).copied() } else { None }
    }

    /// The same of all actions.
    #[inline(always)]
    pub(crate) fn at(&self, user: Ix<User>, place: Ix<Place>) -> Option<Digested<'_>> {
        let start = self.start(user, place)?;
        Some(Digested { codes: self.codes.get(start..start + self.actions)?, demands: &self.demands })
    }

    #[inline(always)]
    fn start(&self, user: Ix<User>, place: Ix<Place>) -> Option<usize> {
        Some((*self.starts.get(user)? as usize + place.as_usize()) * self.actions)
    }
}

impl Digested<'_> {
    /// The demands of the actions in the order of the vocabulary, that which is not offered demanding what nobody has; nothing, if
    /// more is to be said of any.
    #[inline(always)]
    pub(crate) fn fold<T>(self, start: T, mut with: impl FnMut(T, Ix<Action>, Demand) -> T) -> Option<T> {
        let (mut known, mut folded) = (true, start);
        for (action, code) in (0..).map(Ix::new).zip(self.codes) {
            known &= *code != MORE;
            folded = with(folded, action, self.demands.get(usize::from(*code)).copied().unwrap_or(NOTHING));
        }
        known.then_some(folded)
    }
}
