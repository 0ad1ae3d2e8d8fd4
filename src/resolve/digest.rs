//! Compiling, the last step: what sets of roles demand at every place, asked once and kept.
//!
//! Deliberately absent: a rule of its own. The tables hold what [`demand_for`] says of somebody who holds these roles and is
//! nobody in particular, and a snapshot without them answers the same.

use crate::directory::Directory;
use crate::policy::Policy;
use crate::resolve::holder::Ordinary;
use crate::resolve::page::demand_for;
use crate::snapshot::{Digest, Problems, Snapshot};

impl Snapshot {
    /// Checks a policy and a directory as a whole and freezes them.
    ///
    /// Takes time and memory in proportion to what they hold. The snapshot keeps no reference to either; to change
    /// something, change them and compile again.
    ///
    /// # Errors
    ///
    /// [`Problems`]: all that is wrong, each with a stable code, the keys concerned and the place where it stands.
    pub fn compile(policy: &Policy, directory: &Directory) -> Result<Self, Problems> {
        let frozen = Self::freeze(policy, directory)?;
        let (places, actions) = (frozen.places.positions().count(), frozen.lexicon.actions.len());
        let digest = Digest::new(&frozen.people, places, actions, |roles, place, action| {
            demand_for(Ordinary::holding(&frozen, roles), place, action)
        });
        Ok(Self { digest, ..frozen })
    }

    /// The same snapshot without what was worked out when it was compiled. It gives the same answers, more slowly; for tests that
    /// hold the two against each other.
    #[doc(hidden)]
    #[must_use]
    pub fn undigested(self) -> Self {
        Self { digest: Digest::default(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::{Directory, Policy, Problems, Snapshot};
    use crate::directory::User;
    use crate::policy::{Assignment, Role, Subject};
    use crate::vocabulary::{Entity, Offer, Pipeline, Vocabulary};

    /// How many bytes the tables take of a company of so many users, each with a role of his own.
    fn cells(users: u32) -> Result<usize, Problems> {
        let directory = (0..users).fold(Directory::new(), |directory, user| directory.with(User::new(user)));
        let pipeline = Pipeline::new("only", 0..30_u32);
        let entity = Entity::new("case").pipeline(pipeline).offer(Offer::new("read"));
        let vocabulary = Vocabulary::new().actions(["read"]).entity(entity);
        let policy = Policy::new(vocabulary).roles((0..users).map(Role::new));
        let assign =
            |policy: Policy, user: u32| policy.assign(Assignment::new(user, Subject::User(user.into())));
        Ok(Snapshot::compile(&(0..users).fold(policy, assign), &directory)?.digest.cells())
    }

    #[test]
    fn tables_are_made_only_where_they_are_small() -> Result<(), Problems> {
        // Besides the users' own there is one for those of whom nothing is known.
        let places = 32;
        assert_eq!(cells(1)?, 2 * places);
        let most = 2047;
        assert_eq!(cells(most)?, 2048 * places);
        assert_eq!(cells(most + 1)?, 0);
        Ok(())
    }
}
