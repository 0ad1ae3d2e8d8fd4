//! Creating for somebody, explained: whose the new record may become in each view, beside whose it is to be.

use std::fmt::{self, Formatter};

use crate::access::Access;
use crate::check::{Creation, Decision, Responsible, created, created_for};
use crate::directory::{Department, User};
use crate::explain::bearing::Rests;
use crate::explain::view::Told;
use crate::explain::{Explanation, Question};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::reason::Listed;
use crate::resolve::View;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Place};

/// Whose a new record may become by what a view gives, and whether that is he whose it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ownership {
    /// Whose it is to be.
    pub owner: Key<User>,
    /// Whose it may become.
    pub whose: Responsible,
    /// Where the owner sits or what he heads, if it may become anybody's in a department: of that what lies in it, or all, if
    /// nothing does.
    pub departments: Vec<Key<Department>>,
    /// Whether it may become the owner's.
    pub holds: bool,
}

impl Access<'_> {
    /// Why the viewer may create a record at this place that belongs to this user from the start, or why not:
    /// [`Access::create_for`] with all its reasons. What lets him create is told as by [`Access::explain_create`]; whose the record
    /// may become by that, in [`Explanation::ownership`] and in that of each other view. Of an owner who is unknown nothing is told but
    /// that he is.
    ///
    /// ```
    /// use bailiwick::{crm, Assignment, Department, Directory, Moment, Policy, Snapshot, Subject, User};
    ///
    /// let directory = Directory::new()
    ///     .with(Department::new("north"))
    ///     .with(Department::new("south"))
    ///     .with(User::new("anna"))
    ///     .with(User::new("boris").sits_in("south"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .roles(crm::roles())
    ///     .assign(Assignment::new(crm::DIRECTOR, Subject::User("anna".into())).within("north"));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let boris = snapshot.user("boris");
    /// assert!(anna.create(crm::DEAL).is_allowed());
    /// let explanation = anna.explain_create_for(crm::DEAL, boris);
    /// assert_eq!(explanation.decision, anna.create_for(crm::DEAL, boris));
    /// assert!(explanation.to_string().contains(
    ///     "the record may become anybody's in north or below, and not boris's, who is in south",
    /// ));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn explain_create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
    ) -> Explanation {
        let (snapshot, place, owner) = (self.snapshot(), place.into(), owner.into());
        let key = snapshot.user_key(owner);
        let question = Question::CreateFor { place: snapshot.place_of(place).cloned(), owner: key.cloned() };
        let mut explanation = self.unexplained(question);
        match self.creating_for(place, owner) {
            Ok((place, action)) => {
                explanation.limits = self.restraints(Some(&Rests::create(snapshot, place, action)));
                explanation
                    .tell(snapshot, self.views(), |view| self.told_of_his(view, place, action, (owner, key)));
            }
            Err(denial) => explanation.decision = Decision::Denied(denial),
        }
        explanation
    }

    /// What one view says of creating for somebody.
    fn told_of_his(
        &self,
        view: &View<'_>,
        place: Ix<Place>,
        action: Ix<Action>,
        (owner, key): (Handle<User>, Option<&Key<User>>),
    ) -> Told {
        let told = self.told_of_new(view, place, action);
        let Creation::Allowed(whose) = created(view, place, action) else { return told };
        let decision = created_for(view, place, action, owner);
        let holds = decision.is_allowed();
        let inside = told.inside.map(|inside| inside && (holds || !matches!(whose, Responsible::Within(_))));
        let snapshot = self.snapshot();
        let departments = departments(snapshot, owner, &whose);
        let ownership = key.cloned().map(|owner| Ownership { owner, whose, departments, holds });
        Told { ownership, inside, decision, ..told }
    }
}

/// Where somebody is, as far as it matters for whose a record may become.
fn departments(snapshot: &Snapshot, who: Handle<User>, whose: &Responsible) -> Vec<Key<Department>> {
    let Responsible::Within(department) = whose else { return Vec::new() };
    let all = snapshot.people.departments_of(who);
    let root = snapshot.departments.find(department);
    let inside = |at: &_| root.is_some_and(|root| snapshot.departments.contain(root, &[*at]));
    let key = |at| snapshot.departments.key(at).cloned();
    let within: Vec<_> = all.iter().copied().filter(inside).filter_map(key).collect();
    if within.is_empty() { all.into_iter().filter_map(key).collect() } else { within }
}

impl fmt::Display for Ownership {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let owner = &self.owner;
        write!(f, "  {}", self.whose)?;
        match (&self.whose, self.holds) {
            (Responsible::Author | Responsible::Requested | Responsible::Absent(_), true) => {}
            (Responsible::Within(_), true) => write!(f, ", and {owner} is in ")?,
            (Responsible::Author | Responsible::Requested | Responsible::Absent(_), false) => {
                write!(f, ", and not {owner}'s")?;
            }
            (Responsible::Within(_), false) => write!(f, ", and not {owner}'s, who is in ")?,
        }
        match &self.whose {
            Responsible::Within(_) if self.departments.is_empty() => f.write_str("no department")?,
            Responsible::Within(_) => Listed(&self.departments, "and").fmt(f)?,
            Responsible::Author | Responsible::Requested | Responsible::Absent(_) => {}
        }
        writeln!(f)
    }
}
