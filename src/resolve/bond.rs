//! The relations between a viewer and a record one by one, each with what it rests on.
//!
//! Apart from `viewer`, which a check asks and which needs no reasons: here are the same functions, one person and one pair
//! of departments at a time.

use crate::directory::{TicketGroup, User};
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::record::Record;
use crate::resolve::viewer::Viewer;
use crate::snapshot::Walk;
use crate::vocabulary::{Party, Relations};

/// How the viewer stands to one person who is bound to a record.
#[derive(Clone, Debug)]
pub(crate) struct Bond {
    pub(crate) party: Party,
    pub(crate) user: Handle<User>,
    /// The relations that hold because he is that person.
    pub(crate) himself: Relations,
    /// The relations that hold between a department of the viewer's and one of that person's.
    pub(crate) departments: Vec<(Ix<Walk>, Ix<Walk>, Relations)>,
    /// The relation that holds by how that person is seated, and in which department.
    pub(crate) seat: Option<(Relations, Ix<Walk>)>,
    /// The ticket groups through which a relation holds.
    pub(crate) mates: Vec<(Ix<TicketGroup>, Relations)>,
}

impl Viewer<'_> {
    /// The viewer's bonds to everybody who is bound to the record and known.
    pub(crate) fn bonds(&self, record: &Record<'_>) -> Vec<Bond> {
        let bonds = record.parties().filter_map(|participant| {
            let row = self.snapshot.people.accept(participant.user)?;
            let all = self.through(participant);
            let himself = participant.user == self.handle();
            let theirs = self.snapshot.people.departments(row.standing());
            let pairs =
                self.departments().into_iter().flat_map(|mine| theirs.iter().map(move |it| (mine, *it)));
            let departments = pairs.map(|(mine, theirs)| (mine, theirs, all & self.lies(mine, theirs)));
            Some(Bond {
                party: participant.party,
                user: participant.user,
                himself: if himself { all - Relations::BY_STRUCTURE } else { Relations::empty() },
                seat: self.seat(row.standing()).filter(|(seat, _)| all.contains(*seat)),
                mates: self.mates(participant.user).filter(|(_, relation)| all.contains(*relation)).collect(),
                departments: departments.filter(|(_, _, relations)| !relations.is_empty()).collect(),
            })
        });
        bonds.collect()
    }
}
