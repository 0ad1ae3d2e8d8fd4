//! The switch and the requests, and what they come to: assignments, users, a limit, and whom to tell.

use crate::directory::{Directory, User};
use crate::key::Key;
use crate::policy::{Assignment, AuditMark, Limit, Policy, Role, Subject};
use crate::preset::support::{CREATE, REQUEST, SWITCHED_OFF};

/// The switch of an installation, which is off at first, and the grants of its requests.
///
/// A grant is *live* while the switch is on and its request is open (rules 1, 5 and 6 of section 11 of the rights model).
/// Either ends it, with the next snapshot: an [`Access`](crate::Access) is for one request of the application and ends with it,
/// so nothing outlives the question that was being answered.
///
/// ```
/// use bailiwick::support::{Grant, Support};
/// use bailiwick::{Directory, Moment, Policy, Record, Snapshot, User, crm};
///
/// let mut support = Support::new().grant(Grant::new("request 4711", "specialist", crm::DIRECTOR));
/// let may_read = |support: &Support| {
///     let mut policy = Policy::new(crm::vocabulary()).roles(crm::roles());
///     let mut directory = Directory::new().with(User::new("anna"));
///     support.apply(&mut policy, &mut directory);
///     let snapshot = Snapshot::compile(&policy, &directory)?;
///     let access = snapshot.access(snapshot.user("specialist"), Moment::from_unix_seconds(0));
///     let deal = Record::at(crm::DEAL).owner(snapshot.user("anna"));
///     Ok::<_, bailiwick::Problems>(access.check(crm::READ, &deal).is_allowed())
/// };
/// assert!(!may_read(&support)?);
/// support.switched_on = true;
/// assert!(may_read(&support)?);
/// assert!(support.close("request 4711"));
/// assert!(!may_read(&support)?);
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Support {
    /// Whether support access is allowed at all.
    pub switched_on: bool,
    /// The grants, of open requests and of closed ones.
    pub grants: Vec<Grant>,
}

/// What one request lets one specialist do. A request with several specialists has a grant for each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant {
    /// The request, under which everything that the grant permits is to be recorded.
    pub request: Key<AuditMark>,
    /// Who is let in. The key must be nobody's who takes a seat.
    pub specialist: Key<User>,
    /// What he may do.
    pub role: Key<Role>,
    /// Whether the request is open.
    pub open: bool,
}

/// A specialist who enters: an event that the chief administrator hears of (rule 8).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entering {
    /// Who enters.
    pub specialist: Key<User>,
    /// On which requests, each once, in the order of the grants.
    pub requests: Vec<Key<AuditMark>>,
    /// Whom to tell: the administrators who are active, in the order of the directory.
    pub tell: Vec<Key<User>>,
}

impl Grant {
    /// The grant of an open request.
    pub fn new(
        request: impl Into<Key<AuditMark>>,
        specialist: impl Into<Key<User>>,
        role: impl Into<Key<Role>>,
    ) -> Self {
        Self { request: request.into(), specialist: specialist.into(), role: role.into(), open: true }
    }

    /// The same grant after its request was closed.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.open = false;
        self
    }
}

impl Support {
    /// Switched off, without grants.
    pub fn new() -> Self {
        Self::default()
    }

    /// Switched on.
    #[must_use]
    pub fn switched_on(mut self) -> Self {
        self.switched_on = true;
        self
    }

    /// With one more grant.
    #[must_use]
    pub fn grant(mut self, grant: Grant) -> Self {
        self.grants.push(grant);
        self
    }

    /// Closes a request, with all its grants. Whether anything of it was open.
    pub fn close(&mut self, request: impl Into<Key<AuditMark>>) -> bool {
        let request = request.into();
        let of_it = self.grants.iter_mut().filter(|grant| grant.request == request);
        of_it.fold(false, |was_open, grant| std::mem::take(&mut grant.open) | was_open)
    }

    /// The grants that are live: none while the switch is off, else those whose request is open.
    pub fn live(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(|grant| self.switched_on && grant.open)
    }

    /// The live grants as assignments, each marked with its request. The mark is on everything that the specialist may do, for without
    /// a grant he would not be here.
    pub fn assignments(&self) -> Vec<Assignment> {
        let assignment = |grant: &Grant| {
            let to = Subject::User(grant.specialist.clone());
            Assignment::new(grant.role.clone(), to).audited_as(grant.request.clone()).audits_everything()
        };
        self.live().map(assignment).collect()
    }

    /// The specialists of the live grants, each once: users without departments who take no seat (rule 9). Whoever has no live grant
    /// is not there, and is denied everything as somebody unknown.
    pub fn users(&self) -> Vec<User> {
        let mut users: Vec<User> = Vec::new();
        for grant in self.live() {
            if users.iter().all(|user| user.key != grant.specialist) {
                users.push(User::new(grant.specialist.clone()).not_a_seat());
            }
        }
        users
    }

    /// What nobody may do while the switch is off: create requests (rule 3). The denial is
    /// [`Limited`](crate::Denial::Limited), and then the application asks whether to open access. Not even an administrator is
    /// spared; he can flip the switch.
    pub fn limit(&self) -> Option<Limit> {
        let limit = Limit::new(SWITCHED_OFF, Subject::Everyone).actions([CREATE]).at([REQUEST]);
        (!self.switched_on).then_some(limit)
    }

    /// Adds all of it to a policy and a directory that hold nothing of it yet: the assignments, the users, and the limit where the
    /// vocabulary has requests. Do so before each snapshot, from what the application has stored without it.
    ///
    /// A specialist whom the directory has already is not added again if he takes no seat. One who does take a seat is:
    /// the snapshot then does not compile (`duplicate`), so that a specialist's key never hands his role to a colleague. A role that
    /// is not there does not compile either (`unknown`). Takes time in proportion to the live grants times the users.
    pub fn apply(&self, policy: &mut Policy, directory: &mut Directory) {
        let requests = Key::from(REQUEST);
        if policy.vocabulary.entities.iter().any(|entity| entity.key == requests) {
            policy.limits.extend(self.limit());
        }
        policy.assignments.extend(self.assignments());
        for user in self.users() {
            if !directory.users.iter().any(|known| known.key == user.key && !known.seat) {
                directory.add(user);
            }
        }
    }

    /// What to announce when this specialist signs in; nothing, if he has no live grant or is dismissed, and then he must not be
    /// let in. The application records what he does as his (rule 7); [`Access::audit`](crate::Access::audit) says
    /// on which request.
    ///
    /// ```
    /// use bailiwick::support::{Grant, Support};
    /// use bailiwick::{Directory, User};
    ///
    /// let directory = Directory::new().with(User::new("root").administrator()).with(User::new("anna"));
    /// let support = Support::new().switched_on().grant(Grant::new("request 4711", "specialist", "reader"));
    /// let entering = support.entering(&directory, "specialist").ok_or("no access")?;
    /// assert_eq!(entering.requests, ["request 4711".into()]);
    /// assert_eq!(entering.tell, ["root".into()]);
    /// assert!(support.entering(&directory, "another").is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn entering(&self, directory: &Directory, specialist: impl Into<Key<User>>) -> Option<Entering> {
        let specialist = specialist.into();
        let dismissed = |user: &User| user.key == specialist && user.dismissed;
        if directory.users.iter().any(dismissed) {
            return None;
        }
        let mut requests = Vec::new();
        for grant in self.live().filter(|grant| grant.specialist == specialist) {
            if !requests.contains(&grant.request) {
                requests.push(grant.request.clone());
            }
        }
        let chiefs = directory.users.iter().filter(|user| user.administrator && !user.dismissed);
        let tell = chiefs.map(|user| user.key.clone()).collect();
        (!requests.is_empty()).then_some(Entering { specialist, requests, tell })
    }
}
