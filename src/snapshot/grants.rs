//! The assignments of a policy, as an explanation names them: long after the policy is gone.
//!
//! In a large organisation nearly all of them give a role to one user, on no terms. Of such a one only its number and the role
//! are kept, user by user, in six bytes and a byte a user; all others are kept as they stand.
//!
//! Deliberately absent: what is held. Roles are handed out by `compile`; nothing here is asked on a check.

use std::borrow::Cow;
use std::ops::Range;

use crate::directory::User;
use crate::index::{Ix, IxVec};
use crate::key::Key;
use crate::policy::{Role, Subject};
use crate::snapshot::rights::Column;
use crate::snapshot::terms::Terms;
use crate::snapshot::views::Apart;

/// An assignment.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) role: Ix<Role>,
    pub(crate) to: Subject,
    pub(crate) terms: Terms,
    /// In what way the role is held apart from others, if it is.
    pub(crate) apart: Option<Apart>,
}

/// The number of an assignment in its policy.
type Number = u32;

/// All assignments.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    /// The numbers of those to one user on no terms, by user and then by number.
    plain: Vec<Number>,
    /// Their roles, in the same order: apart, because a pair would be a third larger.
    plain_roles: Vec<Column>,
    /// By user: how many of those are his.
    counts: IxVec<User, u8>,
    /// Where those of every [`Grants::BLOCK`]-th user begin.
    starts: Vec<u32>,
    /// The others, by number.
    others: Vec<(Number, Grant)>,
}

impl Grants {
    const BLOCK: usize = 64;

    /// From the assignments with their numbers, in that order, each with the user to whom alone it is made, if it is and on no
    /// terms.
    pub(crate) fn new(users: usize, all: impl Iterator<Item = (usize, Grant, Option<Ix<User>>)>) -> Self {
        let mut grants = Self { counts: (0..users).map(|_| 0).collect(), ..Self::default() };
        let mut plain = Vec::new();
        for (number, grant, user) in all {
            let number = Number::try_from(number).unwrap_or(Number::MAX);
            let count = user.and_then(|user| grants.counts.get_mut(user)).filter(|count| **count < u8::MAX);
            match user.zip(count) {
                Some((user, count)) => {
                    *count += 1;
                    plain.push((user, number, Column::of(grant.role)));
                }
                None => grants.others.push((number, grant)),
            }
        }
        plain.sort_unstable();
        (grants.plain, grants.plain_roles) =
            plain.into_iter().map(|(_, number, role)| (number, role)).unzip();
        grants.plain.shrink_to_fit();
        grants.plain_roles.shrink_to_fit();
        grants.others.shrink_to_fit();
        grants.start();
        grants
    }

    fn start(&mut self) {
        let mut before = 0_u32;
        for block in self.counts.values().chunks(Self::BLOCK) {
            self.starts.push(before);
            before += block.iter().map(|count| u32::from(*count)).sum::<u32>();
        }
    }

    /// The assignments that can concern a user, with their numbers, in that order: those to him alone, and all that are not to
    /// one user alone.
    pub(crate) fn of(&self, user: Option<(Ix<User>, &Key<User>)>) -> Vec<(usize, Cow<'_, Grant>)> {
        let his = user.into_iter().flat_map(|(user, key)| {
            let plain = self.plain_of(user);
            plain.filter_map(|(number, role)| Some((number, Cow::Owned(Grant::plain(role.role()?, key)))))
        });
        let others = self.others.iter().map(|(number, grant)| (*number, Cow::Borrowed(grant)));
        let mut all: Vec<_> = his.chain(others).map(|(number, grant)| (number as usize, grant)).collect();
        all.sort_by_key(|(number, _)| *number);
        all
    }

    fn plain_of(&self, user: Ix<User>) -> impl Iterator<Item = (Number, Column)> {
        let range = self.range_of(user).unwrap_or_default();
        let numbers = self.plain.get(range.clone()).unwrap_or_default();
        let roles = self.plain_roles.get(range).unwrap_or_default();
        numbers.iter().copied().zip(roles.iter().copied())
    }

    fn range_of(&self, user: Ix<User>) -> Option<Range<usize>> {
        let block = user.as_usize() / Self::BLOCK;
        let sum = |counts: &[u8]| counts.iter().map(|count| usize::from(*count)).sum::<usize>();
        let before = self.counts.values().get(block * Self::BLOCK..user.as_usize()).map(sum)?;
        let start = *self.starts.get(block)? as usize + before;
        Some(start..start + usize::from(*self.counts.get(user)?))
    }
}

impl Grant {
    /// A role for one user, on no terms.
    fn plain(role: Ix<Role>, user: &Key<User>) -> Self {
        Self { role, to: Subject::User(user.clone()), terms: Terms::default(), apart: None }
    }

    /// The user to whom alone the role is given, if it is and on no terms.
    pub(crate) fn to_user_on_no_terms(&self) -> Option<&Key<User>> {
        if let Subject::User(user) = &self.to
            && self.terms.are_none()
            && self.apart.is_none()
        {
            Some(user)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Grant, Grants, Ix, Key, Terms};
    use crate::policy::Subject;

    /// Who has how many plain assignments: several blocks, empty ones among them, and one user with more than a byte counts.
    const COUNTS: [usize; 6] = [3, 0, 0, 1, 300, 2];

    fn users() -> impl Iterator<Item = (usize, usize)> {
        (0..).step_by(37).zip(COUNTS)
    }

    /// Round robin, so that nobody's assignments stand together; every seventh is to everybody.
    fn grants() -> Grants {
        let rounds = (0..300).flat_map(|round| users().filter(move |(_, count)| round < *count));
        let plain = rounds.enumerate().map(|(at, (user, _))| (Some(user), at));
        let with_others =
            plain.flat_map(|(user, at)| (at % 7 == 0).then_some(None).into_iter().chain([user]));
        let numbered = with_others.enumerate().map(|(number, user)| {
            let to = user.map_or(Subject::Everyone, |user| Subject::User(Key::from(user as u32)));
            let grant = Grant { role: Ix::from_count(number % 5), to, terms: Terms::default(), apart: None };
            (number, grant, user.map(Ix::from_count))
        });
        Grants::new(200, numbered)
    }

    #[test]
    fn everybody_finds_his_own_and_what_is_not_personal_with_role_and_number_in_order() {
        let grants = grants();
        for (user, count) in users() {
            let key = Key::from(user as u32);
            let of = grants.of(Some((Ix::from_count(user), &key)));
            assert!(of.is_sorted_by_key(|(number, _)| *number));
            assert!(of.iter().all(|(number, grant)| grant.role == Ix::from_count(number % 5)));
            let his = of.iter().filter(|(_, grant)| grant.to == Subject::User(key.clone()));
            assert_eq!(his.count(), count, "user {user}");
            assert_eq!(of.iter().filter(|(_, grant)| grant.to == Subject::Everyone).count(), 44);
        }
    }
}
