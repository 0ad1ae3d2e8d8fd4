//! Several actions at once: which buttons to show on each row of a list.

use crate::access::Access;
use crate::filter::Filter;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::resolve::Record;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Place};

/// For each of some actions, exactly the records of one entity that a viewer may do it with.
///
/// ```
/// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, User};
///
/// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
/// let policy = Policy::new(crm::vocabulary())
///     .roles(crm::roles())
///     .assign(Assignment::new(crm::MANAGER, Subject::SignedIn));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let access = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
/// let filters = access.filters([crm::READ, crm::UPDATE], crm::DEAL);
/// let own = filters.matches(&snapshot, &Record::at(crm::DEAL).owner(snapshot.user("anna")));
/// assert!(filters.permits(own, crm::READ) && filters.permits(own, crm::UPDATE));
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Filters {
    of: Vec<(Key<Action>, Filter)>,
}

/// Which of the actions of [`Filters`] are permitted with one record: a bit for each, in their order. Rows of a database give
/// it as the integer that `sql::Mapping::permitted` selects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Permitted(u64);

impl Permitted {
    /// From the integer of a row.
    pub const fn from_bits(bits: i64) -> Self {
        Self(bits.cast_unsigned())
    }

    /// The integer.
    #[must_use]
    pub const fn bits(self) -> i64 {
        self.0.cast_signed()
    }

    /// Whether none is permitted.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl Filters {
    /// The most actions that are asked at once.
    const MOST: usize = crate::vocabulary::MAX_ACTIONS;

    /// Each action with its filter.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Key<Action>, &Filter)> {
        self.of.iter().map(|(action, filter)| (action, filter))
    }

    /// The filter of an action; nothing for one that was not asked for.
    pub fn filter<'k>(&self, action: impl Into<crate::key::KeyRef<'k>>) -> &Filter {
        let action = action.into();
        let found = self.of.iter().find(|(key, _)| key.borrow() == action);
        found.map_or(&Filter::NOTHING, |(_, filter)| filter)
    }

    /// The first moment at which the viewer's answers could be others, if there is one; see [`Filter::valid_until`].
    pub fn valid_until(&self) -> Option<Moment> {
        self.of.iter().find_map(|(_, filter)| filter.valid_until())
    }

    /// Which of the actions are permitted with the record. `snapshot` is the one that the filters were made from.
    pub fn matches(&self, snapshot: &Snapshot, record: &Record<'_>) -> Permitted {
        let bit = |(number, (_, filter)): (usize, (&Key<Action>, &Filter))| {
            u64::from(filter.matches(snapshot, record)) << number
        };
        Permitted(self.iter().enumerate().map(bit).fold(0, |all, bit| all | bit))
    }

    /// Whether an action is among those permitted.
    #[must_use]
    pub fn permits<'k>(&self, permitted: Permitted, action: impl Into<crate::key::KeyRef<'k>>) -> bool {
        let action = action.into();
        self.permitted(permitted).any(|key| key.borrow() == action)
    }

    /// The actions that are permitted, in the order in which they were asked for.
    pub fn permitted(&self, permitted: Permitted) -> impl Iterator<Item = &Key<Action>> {
        let set = move |number: usize| permitted.0 & (1 << number) != 0;
        self.of.iter().enumerate().filter(move |(number, _)| set(*number)).map(|(_, (action, _))| action)
    }
}

impl Access<'_> {
    /// The filters of several actions on an entity. Actions that the vocabulary does not have, and repetitions, are left out,
    /// and permitted nowhere.
    pub fn filters<A: Into<Handle<Action>>>(
        &self,
        actions: impl IntoIterator<Item = A>,
        entity: impl Into<Handle<Place>>,
    ) -> Filters {
        let (snapshot, entity) = (self.snapshot(), entity.into());
        let mut of: Vec<(Key<Action>, Filter)> = Vec::new();
        for action in actions {
            let action = action.into();
            let known =
                snapshot.lexicon.action(action).and_then(|action| snapshot.lexicon.actions.key(action));
            let Some(key) = known.filter(|key| of.iter().all(|(other, _)| other != *key)) else { continue };
            if of.len() < Filters::MOST {
                of.push((key.clone(), self.filter(action, entity)));
            }
        }
        Filters { of }
    }
}
