//! Module rights in letters, and the two ways in which the product reads them.

use crate::key::{Handle, Key, KeyRef};
use crate::policy::{Assignment, Role, Subject};
use crate::preset::portal::{ALL, NONE};
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Entity, Grain, Level, Offer, Pipeline, Place, Relations, Vocabulary};

/// Where letters that groups have are set. Defaults are set above it, at the entity, where [`Reader::Right`] reads.
const GRANTED: &str = "granted";

/// How the letters of a user's groups are read.
///
/// | | [`Right`](Self::Right) | [`Roles`](Self::Roles) |
/// |---|---|---|
/// | several letters | the highest counts | all count |
/// | a letter | includes what all lower ones give | gives what it gives |
/// | the module's default | counts only where no group of the user has a letter | is the letter of every group that has none, and so nearly everybody's: everyone is in one group |
/// | administrators | have `W` | have `W` as well |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// One letter, the highest.
    Right,
    /// A set of letters.
    Roles,
}

/// A module whose rights are letters, as section 9 of the rights model has them: `D` is there from the beginning and gives nothing.
///
/// The two readers need no words of their own. A letter is a role. The *right* reader takes the highest, and letters that include the
/// lower ones unite to the highest; its default is set one place higher than the letters of groups, so that any letter, `D`
/// included, silences it. The *roles* reader unites, and its default is given to whoever is in a group without a letter. The first
/// needs the policy's [`Combining::MostSpecific`](crate::Combining::MostSpecific), which is the default.
///
/// ```
/// use bailiwick::portal::{Module, Reader};
/// use bailiwick::{Directory, Moment, Policy, Record, Snapshot, Subject, User, UserGroup, Vocabulary};
///
/// let forum = Module::new("forum", Reader::Right).letter("R", ["read"]).letter("W", ["write"]);
/// let mut policy = Policy::new(forum.join(Vocabulary::new())).roles(forum.roles());
/// policy.assignments = forum.assignments("R", [(Subject::UserGroup("trolls".into()), Some("D"))]);
/// let directory = Directory::new()
///     .with(User::new("anna"))
///     .with(User::new("boris"))
///     .with(UserGroup::new("trolls").member("boris"));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let reads = |user: &str| {
///     let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
///     access.check(snapshot.action("read"), &Record::at(forum.place(&snapshot))).is_allowed()
/// };
/// assert!(reads("anna"), "the default, because none of her groups has a letter");
/// assert!(!reads("boris"), "the letter D, although the default gives more");
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    key: Key<Entity>,
    reader: Reader,
    letters: Vec<(String, Vec<Key<Action>>)>,
}

impl Module {
    /// A module that has the letter `D` alone.
    pub fn new(key: impl Into<Key<Entity>>, reader: Reader) -> Self {
        Self { key: key.into(), reader, letters: vec![("D".to_owned(), Vec::new())] }
    }

    /// Adds a letter that is higher than those before, and what it adds; for the *roles* reader, what it gives.
    #[must_use]
    pub fn letter<K: Into<Key<Action>>>(mut self, letter: &str, gives: impl IntoIterator<Item = K>) -> Self {
        self.letters.push((letter.to_owned(), gives.into_iter().map(Into::into).collect()));
        self
    }

    /// The vocabulary with the module in it, and what it lacks of the module's actions and of the levels "none" and "all".
    pub fn join(&self, mut vocabulary: Vocabulary) -> Vocabulary {
        let levels = [Level::new(NONE, Relations::empty()), Level::new(ALL, Relations::ALWAYS)];
        for level in levels {
            if vocabulary.levels.iter().all(|other| other.key != level.key) {
                vocabulary.levels.push(level);
            }
        }
        let mut entity = Entity::new(&self.key).pipeline(Pipeline::new(GRANTED, std::iter::empty::<&str>()));
        for action in self.actions() {
            if !vocabulary.actions.contains(action) {
                vocabulary.actions.push(action.clone());
            }
            entity = entity.offer(Offer::new(action).levels([NONE, ALL]).finest(Grain::Pipeline));
        }
        vocabulary.entity(entity)
    }

    /// What any letter gives, each once.
    fn actions(&self) -> Vec<&Key<Action>> {
        let mut actions: Vec<&Key<Action>> = Vec::new();
        for action in self.letters.iter().flat_map(|(_, gives)| gives) {
            if !actions.contains(&action) {
                actions.push(action);
            }
        }
        actions
    }

    /// Where the rights of the module are asked about.
    pub fn place(&self, snapshot: &Snapshot) -> Handle<Place> {
        snapshot.place(snapshot.entity(&self.key), GRANTED, KeyRef::ABSENT)
    }

    /// A role for each letter, and one for each as a default.
    pub fn roles(&self) -> Vec<Role> {
        let granted = Place::entity(&self.key).pipeline(GRANTED);
        let role = |(at, (letter, _)): (usize, &(String, Vec<Key<Action>>))| {
            [(self.role(letter), granted.clone()), (self.default_role(letter), Place::entity(&self.key))]
                .map(|(key, place)| self.says(Role::new(key), at, &place))
        };
        self.letters.iter().enumerate().flat_map(role).collect()
    }

    /// What the letter at this position says of every action there is.
    fn says(&self, role: Role, letter: usize, place: &Place) -> Role {
        let counts = |at: usize| if self.reader == Reader::Right { at <= letter } else { at == letter };
        let gives = |action: &Key<Action>| {
            let mut letters = self.letters.iter().enumerate();
            letters.any(|(at, (_, gives))| counts(at) && gives.contains(action))
        };
        self.actions().into_iter().fold(role, |role, action| {
            role.set(place.clone(), action, if gives(action) { ALL } else { NONE })
        })
    }

    /// The role of a letter.
    pub fn role(&self, letter: &str) -> Key<Role> {
        Key::from(format!("{}:{letter}", self.key))
    }

    fn default_role(&self, letter: &str) -> Key<Role> {
        Key::from(format!("{}:{letter}:default", self.key))
    }

    /// Gives the letters to groups, and the default to whom the reader gives it. Name every group with its letter, or with none;
    /// [`Subject::Everyone`] is a group like the others, and has none unless it is named with one. Administrators get `W`, if the
    /// module has it. A letter that it does not have is a problem when the policy is compiled.
    pub fn assignments<'l>(
        &self,
        default: &str,
        groups: impl IntoIterator<Item = (Subject, Option<&'l str>)>,
    ) -> Vec<Assignment> {
        let mut groups: Vec<(Subject, Option<&str>)> = groups.into_iter().collect();
        if groups.iter().all(|(group, _)| *group != Subject::Everyone) {
            groups.push((Subject::Everyone, None));
        }
        if self.letters.iter().any(|(letter, _)| letter == "W") {
            groups.push((Subject::Administrators, Some("W")));
        }
        let given = groups.into_iter().filter_map(|(group, letter)| match (letter, self.reader) {
            (Some(letter), _) => Some(Assignment::new(self.role(letter), group)),
            (None, Reader::Roles) => Some(Assignment::new(self.role(default), group)),
            (None, Reader::Right) => None,
        });
        let everyone = Assignment::new(self.default_role(default), Subject::Everyone);
        given.chain((self.reader == Reader::Right).then_some(everyone)).collect()
    }
}
