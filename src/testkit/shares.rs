//! Shares of rows: with subjects that the snapshot knows, and with what only looks like them.

use crate::filter::sql::{Mapping, named};
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::policy::Subject;
use crate::resolve::{Grantee, Opening, Share};
use crate::snapshot::Snapshot;
use crate::testkit::dice::Dice;
use crate::testkit::rows::{Row, RowKey, column};
use crate::vocabulary::Action;

/// A row of the table of shares, which refers to the row of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedRow {
    /// What stands for the kind of subject; none is NULL.
    pub kind: Option<RowKey>,
    /// The key of the subject; none is NULL.
    pub subject: Option<RowKey>,
    /// The key of the action; none is NULL.
    pub action: Option<RowKey>,
}

/// A share, looked up.
pub(super) type Looked = (Grantee, [Handle<Action>; 1]);

impl SharedRow {
    /// The row as the application would read it: nothing, where it does not say with whom or for what.
    fn share(&self, snapshot: &Snapshot, mapping: &Mapping) -> Option<Looked> {
        let action: Key<Action> = self.action.as_ref()?.key();
        let kind = mapping.subject_kind(&self.kind.as_ref()?.key())?;
        let bare = Some(Subject::of_kind(kind, &Key::from(0))).filter(|subject| named(subject).is_none());
        let of = |key: &RowKey| Subject::of_kind(kind, &key.key());
        let subject = bare.or_else(|| self.subject.as_ref().map(of))?;
        Some((snapshot.grantee(&subject), [snapshot.action(&action).into()]))
    }
}

/// The shares of a row, looked up.
pub(super) fn looked_up(row: &Row, snapshot: &Snapshot, mapping: &Mapping) -> Vec<Looked> {
    row.shares.iter().filter_map(|share| share.share(snapshot, mapping)).collect()
}

/// The same, as what is bound to a record.
pub(super) fn openings(shares: &[Looked]) -> Vec<Opening<'_>> {
    shares.iter().map(|(with, actions)| Opening::Shared(Share::new(*with, actions))).collect()
}

/// A few shares, most of them with somebody who is there and for something that is; none, without a table for them.
pub(super) fn hostile(snapshot: &Snapshot, mapping: &Mapping, dice: &mut Dice) -> Vec<SharedRow> {
    let Some([kinds, subjects, actions]) = mapping.share_keys() else { return Vec::new() };
    let users: Vec<_> = snapshot.users().collect();
    let mut rows = Vec::new();
    for _ in 0..dice.below(3) {
        let somebody = dice.pick(&users).copied();
        let circle = snapshot.circle(somebody.into(), Moment::from_unix_seconds(0));
        let known = circle.subjects().into_iter().filter_map(|subject| {
            let value = mapping.kind_value(subject.kind())?.clone();
            Some((value, subject))
        });
        let known: Vec<_> = known.collect();
        let (kind, subject) = dice.pick(&known).cloned().unzip();
        let all: Vec<_> = snapshot.lexicon.actions.iter().map(|(_, key)| key.clone()).collect();
        let kind = column(kind.as_ref(), kinds, dice);
        let key = subject.as_ref().and_then(named);
        let subject = column(key.as_ref(), subjects, dice);
        rows.push(SharedRow { kind, subject, action: column(dice.pick(&all), actions, dice) });
    }
    rows
}
