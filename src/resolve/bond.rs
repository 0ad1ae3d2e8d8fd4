//! The relations between a viewer and a record one by one, each with what it rests on.
//!
//! Apart from `viewer`, which a check asks and which needs no reasons: here are the same functions, one party and one pair
//! of departments at a time.

use crate::directory::{Principal, TicketGroup};
use crate::index::Ix;
use crate::resolve::record::{Bearer, Participant, Record};
use crate::resolve::viewer::Viewer;
use crate::snapshot::Walk;
use crate::vocabulary::{Party, Relations};

/// How the viewer stands to one party of a record.
#[derive(Clone, Debug)]
pub(crate) struct Bond {
    pub(crate) party: Party,
    pub(crate) who: Principal,
    /// The relations that hold because he is that party, or in the group that is.
    pub(crate) himself: Relations,
    /// The relations that hold between a department of the viewer's and one of that party's.
    pub(crate) departments: Vec<(Ix<Walk>, Ix<Walk>, Relations)>,
    /// The relation that holds by how that person is seated, and in which department.
    pub(crate) seat: Option<(Relations, Ix<Walk>)>,
    /// The ticket groups through which a relation holds.
    pub(crate) mates: Vec<(Ix<TicketGroup>, Relations)>,
}

impl Viewer<'_> {
    /// The viewer's bonds to everybody who is bound to the record and known.
    pub(crate) fn bonds(&self, record: &Record<'_>) -> Vec<Bond> {
        record.parties().filter_map(|participant| self.bond(participant)).collect()
    }

    fn bond(&self, participant: Participant) -> Option<Bond> {
        let Participant { party, who } = participant;
        let all = self.through(participant);
        let bare = Bond {
            party,
            who: participant.principal(self.snapshot)?,
            himself: Relations::empty(),
            departments: Vec::new(),
            seat: None,
            mates: Vec::new(),
        };
        Some(match who {
            Bearer::User(user) => {
                let row = self.snapshot.people.accept(user)?;
                let theirs = self.snapshot.people.departments(row.standing());
                let himself = user == self.handle();
                Bond {
                    himself: if himself { all & Relations::PERSONAL } else { Relations::empty() },
                    seat: self.seat(row.standing()).filter(|(seat, _)| all.contains(*seat)),
                    mates: self.mates(user).filter(|(_, relation)| all.contains(*relation)).collect(),
                    departments: self.pairs(&theirs, all),
                    ..bare
                }
            }
            Bearer::UserGroup(_) => Bond { himself: all, ..bare },
            Bearer::Department(department) => {
                let at = self.snapshot.departments.accept(department)?;
                Bond { departments: self.pairs(&[at], all), ..bare }
            }
        })
    }

    /// The pairs of his departments and theirs between which any of the relations holds.
    fn pairs(&self, theirs: &[Ix<Walk>], all: Relations) -> Vec<(Ix<Walk>, Ix<Walk>, Relations)> {
        let mine = self.departments();
        let pairs = mine.iter().flat_map(|mine| theirs.iter().map(move |theirs| (*mine, *theirs)));
        let pairs = pairs.map(|(mine, theirs)| (mine, theirs, all & self.lies(mine, theirs)));
        pairs.filter(|(_, _, relations)| !relations.is_empty()).collect()
    }
}
