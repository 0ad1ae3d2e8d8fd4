//! How a viewer stands to one party of a record.

use bailiwick::{
    Department, Key, Party, Principal, Principals, Relations, Subject, TicketGroup, TicketGroupKind, User,
};

use super::view::View;

impl View<'_> {
    pub(crate) fn stands_through(&self, relation: Relations, party: Party, who: &Principal) -> bool {
        let rule = self.policy.vocabulary.parties.get(usize::from(party.number()));
        let Some(rule) = rule else { return false };
        let counts = relation == party.relation() || rule.counts_for.contains(relation);
        let kind = match who {
            Principal::User(_) => Principals::USERS,
            Principal::UserGroup(_) => Principals::USER_GROUPS,
            Principal::Department(_) => Principals::DEPARTMENTS,
        };
        counts
            && rule.principals.contains(kind)
            && match who {
                Principal::User(key) => self.stands_to_user(relation, key),
                Principal::UserGroup(key) => {
                    let personal = !by_departments(relation) && !Relations::BY_SEAT.contains(relation);
                    personal && self.viewer.is_some() && self.is_in(&Subject::UserGroup(key.clone()), self.at)
                }
                Principal::Department(key) => {
                    let it = self.directory.departments.iter().find(|it| it.key == *key);
                    by_departments(relation)
                        && it.is_some_and(|it| self.is_active(it) && self.lies(relation, &[it]))
                }
            }
    }

    fn stands_to_user(&self, relation: Relations, user: &Key<User>) -> bool {
        let Some(user) = self.directory.users.iter().find(|other| other.key == *user) else { return false };
        let himself = self.viewer.is_some_and(|viewer| viewer.key == user.key);
        if by_departments(relation) {
            self.lies(relation, &self.departments_of(user))
        } else if Relations::BY_SEAT.contains(relation) {
            self.seat_of(user) == relation
        } else {
            himself || self.sees_tickets(relation, user)
        }
    }

    /// Whether a department of the viewer's and one of these lie so to each other.
    fn lies(&self, relation: Relations, theirs: &[&Department]) -> bool {
        let heads = |my: &Department| self.viewer.is_some_and(|viewer| my.heads.contains(&viewer.key));
        let lies = |my: &Department, his: &Department| match relation {
            Relations::DEPARTMENT => my.key == his.key,
            Relations::SUBDEPARTMENTS => my.key != his.key && self.is_within(his, &my.key),
            _ => heads(my) && self.is_within(his, &my.key),
        };
        self.seats().iter().any(|my| theirs.iter().any(|his| lies(my, his)))
    }

    /// Section 10.3: through a group in which the viewer himself has the flag.
    fn sees_tickets(&self, relation: Relations, of: &User) -> bool {
        let kind = match relation {
            Relations::STAFF_MATES => TicketGroupKind::Staff,
            Relations::CLIENT_MATES => TicketGroupKind::Clients,
            _ => return false,
        };
        let member = |group: &TicketGroup, user: &User, sees: bool| {
            group.members.iter().any(|it| it.user == user.key && (it.sees || !sees))
        };
        let groups = self.directory.ticket_groups.iter().filter(|group| group.kind == kind);
        self.viewer.is_some_and(|viewer| {
            groups.into_iter().any(|it| member(it, viewer, true) && member(it, of, false))
        })
    }

    /// How somebody is seated, seen from the departments that relations are measured from; in no way, if he is in none.
    fn seat_of(&self, user: &User) -> Relations {
        let his = self.departments_of(user);
        let mine = |it: &Department| self.seats().iter().any(|my| my.key == it.key);
        let heads = |it: &Department| it.heads.contains(&user.key);
        match (his.iter().any(|it| mine(it)), his.iter().any(|it| heads(it))) {
            (true, _) if his.iter().any(|it| mine(it) && heads(it)) => Relations::OWN_HEADS,
            (true, _) => Relations::PEERS,
            (false, true) => Relations::OTHER_HEADS,
            (false, false) if his.is_empty() => Relations::empty(),
            (false, false) => Relations::OTHER_EMPLOYEES,
        }
    }
}

fn by_departments(relation: Relations) -> bool {
    (Relations::BY_DEPARTMENT | Relations::INVOLVES_SUBORDINATES).contains(relation)
}
