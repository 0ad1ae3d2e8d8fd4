//! What is demanded of a record, and how the viewer stands to it, told with keys.
//!
//! Deliberately absent: judgement. What counts has been marked by the walk itself.

use crate::directory::Principal;
use crate::explain::demand::{Demand, Elsewhere};
use crate::explain::tie::{Seat, SharedDepartment, SharedTicketGroup, Tie};
use crate::index::Ix;
use crate::key::Key;
use crate::moment::Moment;
use crate::policy::Subject;
use crate::reason::Teller;
use crate::resolve::{Record, Stance, Trace};
use crate::snapshot::Route;
use crate::vocabulary::{Action, Flag, Party, Relations};

impl Teller<'_, '_> {
    /// What is demanded of a record to which the viewer stands so.
    pub(super) fn demands(&self, traces: &[(Ix<Action>, Trace)], stance: Stance) -> Vec<Demand> {
        traces
            .iter()
            .filter_map(|(action, trace)| self.demand(*action, trace, trace.reach & stance.to(*action)))
            .collect()
    }

    /// What is demanded where there is no record yet: any level at all.
    pub(super) fn demands_of_new(&self, traces: &[(Ix<Action>, Trace)]) -> Vec<Demand> {
        let demands = traces.iter().filter_map(|(action, trace)| {
            let demand = self.demand(*action, trace, Relations::empty())?;
            Some(Demand { standing: None, elsewhere: None, met: !trace.reach.is_empty(), ..demand })
        });
        demands.collect()
    }

    fn demand(&self, action: Ix<Action>, trace: &Trace, met_by: Relations) -> Option<Demand> {
        Some(Demand {
            action: self.snapshot.lexicon.actions.key(action)?.clone(),
            basis: self.basis(action, trace),
            settings: self.settings(action),
            standing: self.standing(action, trace),
            cut: self.cut(trace),
            reach: self.relations(trace.reach),
            met_by: self.relations(met_by),
            elsewhere: trace.reach.contains(Relations::ELSEWHERE).then(|| self.elsewhere(met_by)),
            links: Vec::new(),
            hosts: Vec::new(),
            shares: Vec::new(),
            met: !met_by.is_empty(),
        })
    }

    fn elsewhere(&self, met_by: Relations) -> Elsewhere {
        let lexicon = &self.snapshot.lexicon;
        let counts = |party: &Party| {
            let counts_for = lexicon.counts_for(*party) | lexicon.counts_for_department(*party);
            counts_for.contains(Relations::DEPARTMENT)
        };
        let parties = (0..).map(Party::nth).take(lexicon.parties.len()).filter(counts);
        let departments = self.viewer.departments().into_iter();
        Elsewhere {
            parties: parties.filter_map(|party| self.party(party)).cloned().collect(),
            departments: departments.filter_map(|at| self.snapshot.departments.key(at)).cloned().collect(),
            holds: met_by.contains(Relations::ELSEWHERE),
        }
    }

    /// What the record is flagged as.
    pub(super) fn flags(&self, record: &Record<'_>) -> Vec<Key<Flag>> {
        self.named_flags(record.common()).cloned().collect()
    }

    /// How the viewer stands to everybody who is bound to the record.
    pub(super) fn ties(&self, record: &Record<'_>, at: Moment) -> Vec<Tie> {
        let ties = self.viewer.bonds(record).into_iter().filter_map(|bond| {
            let department = |at| self.snapshot.departments.key(at).cloned();
            let shared = bond.departments.iter().filter_map(|(his, theirs, relations)| {
                let relations = self.relations(*relations);
                Some(SharedDepartment { his: department(*his)?, theirs: department(*theirs)?, relations })
            });
            let seat = bond.seat.and_then(|(seat, at)| {
                let relation = self.relations(seat).into_iter().next()?;
                Some(Seat { department: department(at)?, relation })
            });
            let group = |at| self.snapshot.mates.names.key(at).cloned();
            let groups = bond.mates.iter().filter_map(|(at, relations)| {
                Some(SharedTicketGroup { group: group(*at)?, relations: self.relations(*relations) })
            });
            Some(Tie {
                party: self.party(bond.party)?.clone(),
                routes: self.routes(&bond.who, at),
                who: bond.who,
                himself: self.relations(bond.himself),
                departments: shared.collect(),
                seat,
                ticket_groups: groups.collect(),
            })
        });
        ties.collect()
    }

    /// The ways in which the viewer is in a group.
    fn routes(&self, who: &Principal, at: Moment) -> Vec<Route> {
        let Principal::UserGroup(key) = who else { return Vec::new() };
        let traveller = self.snapshot.traveller(self.viewer.handle());
        let mut routes = self.snapshot.routes(traveller, &Subject::UserGroup(key.clone()));
        routes.retain(|route| route.is_open(at));
        routes
    }
}
