//! Everything that a user may do, or that a role gives: place by place, action by action, each cell with the reasons for it.
//!
//! A [`Matrix`] is data; a [`Sheet`] puts it on paper: as text for a terminal, as a table in Markdown, or as a page of HTML.
//! Several sides stand beside each other, two roles or the same user before and after an edit, and what differs is marked.
//!
//! Deliberately absent: records. A cell says to which records an action reaches, not whether one of them is there.

mod beside;
mod build;
mod cell;
mod sheet;

pub use cell::{Cell, Column, Contrast, Entering, Line, Moves, Narrowing, Origin, Row};
pub use sheet::Sheet;

use crate::access::Access;
use crate::key::{Key, KeyRef};
use crate::moment::Moment;
use crate::policy::Role;
use crate::reason::{self, Holding, Perspective, Restraint, Who};
use crate::resolve::View;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Circumstance, Entity, Place};

/// Who may do what where, in all: a row for every place, a column for every action.
///
/// [`Access::matrix`] makes that of a user, [`Snapshot::role_matrix`] that of a role; [`Matrix::beside`] puts them next to each
/// other.
///
/// ```
/// use bailiwick::review::matrix::{Column, Origin};
/// use bailiwick::{crm, Directory, Place, Policy, Role, Snapshot};
///
/// let won = Place::from(crm::DEAL).pipeline("general").stage("won");
/// let seller = Role::new("seller").set(crm::DEAL, crm::UPDATE, crm::OWN).set(&won, crm::UPDATE, crm::NONE);
/// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()).role(seller), &Directory::new())?;
///
/// let matrix = snapshot.role_matrix("seller").expect("the policy has it");
/// let update = matrix.column(&crm::UPDATE.into()).expect("the vocabulary has it");
/// let row = matrix.row(&won).expect("the vocabulary has it");
/// let cell = row.lines[0].cell(update).expect("deals are updated");
/// assert_eq!(cell.level, Some(crm::NONE.into()));
/// assert_eq!(cell.origin(), Origin::Explicit);
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Matrix {
    /// Whose it is. One, or several beside each other.
    pub sides: Vec<Side>,
    /// The columns: every action that any entity admits, in the order of the vocabulary.
    pub actions: Vec<Key<Action>>,
    /// The rows: every entity, followed by its pipelines, each followed by its stages.
    pub rows: Vec<Row>,
}

/// One side of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// What it is called in renderings; its key, unless [`Matrix::labelled`] says otherwise.
    pub label: String,
    /// Whose rights they are.
    pub of: Whose,
    /// Every role that some assignment gives to the user, now or at another moment, in the order of the policy, as far as it
    /// belongs to his own view. Empty for a role.
    pub roles: Vec<Holding>,
    /// Every limit on him, in force or not, in the order of the policy. Empty for a role.
    pub limits: Vec<Restraint>,
    /// His other views, in the order in which the lines have them.
    pub others: Vec<OtherView>,
    /// Whether he gets into the application; nothing, if no entity admits to it.
    pub enters_application: Option<bool>,
}

/// A view of a user besides his own: roles that he holds apart, or what he has by standing in for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherView {
    /// What makes it another.
    pub perspective: Perspective,
    /// The roles that belong to it: of the viewer, or of the absent person.
    pub roles: Vec<Holding>,
}

/// Whose rights a side shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Whose {
    /// Those of somebody who holds this role and no other, and is nobody in particular.
    Role(Key<Role>),
    /// Those of a user.
    User {
        /// Who he is.
        who: Who,
        /// When.
        at: Moment,
        /// In which circumstances, in the order of the vocabulary.
        circumstances: Vec<Key<Circumstance>>,
    },
}

impl Access<'_> {
    /// Everything that the viewer may do, with the reasons: each cell comes of the walk that a check takes.
    ///
    /// Takes time and space in proportion to the places times the actions times the roles that he holds, and to the
    /// assignments of the policy.
    pub fn matrix(&self) -> Matrix {
        let who = Who::asks(self);
        let views: Vec<View<'_>> = self.views().collect();
        let roles = |view: &View<'_>| {
            reason::holdings(self.snapshot(), view.viewer.handle(), self.occasion(), view.apart)
        };
        let restraints = || reason::restraints(self.snapshot(), self.user(), self.occasion(), |_| None);
        let other = |view: &View<'_>| OtherView {
            perspective: Perspective::of(view, self.snapshot()),
            roles: roles(view),
        };
        let side = Side {
            label: who.to_string(),
            of: Whose::User { who, at: self.at(), circumstances: self.circumstances() },
            roles: views.first().map(roles).unwrap_or_default(),
            limits: self.viewer().map(|_| restraints()).unwrap_or_default(),
            others: views.iter().skip(1).map(other).collect(),
            enters_application: None,
        };
        build::matrix(self.snapshot(), &views, None, side)
    }
}

impl Snapshot {
    /// Everything that a role says, and what somebody has who holds it alone. Nothing, if the policy does not have the role.
    pub fn role_matrix<'k>(&self, role: impl Into<KeyRef<'k>>) -> Option<Matrix> {
        let role = self.roles.names.find(role.into())?;
        let key = self.roles.names.key(role)?.clone();
        let side = Side {
            label: key.to_string(),
            of: Whose::Role(key),
            roles: Vec::new(),
            limits: Vec::new(),
            others: Vec::new(),
            enters_application: None,
        };
        Some(build::role_matrix(self, role, side))
    }
}

impl Matrix {
    /// The row of a place.
    pub fn row(&self, place: &Place) -> Option<&Row> {
        self.rows.iter().find(|row| row.place == *place)
    }

    /// The column of an action.
    pub fn column(&self, action: &Key<Action>) -> Option<Column> {
        self.actions.iter().position(|other| other == action).map(Column::Action)
    }

    /// The same matrix, called this: such as "before". Control characters become blanks.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        let label = label.replace(char::is_control, " ");
        self.sides.iter_mut().for_each(|side| side.label.clone_from(&label));
        self
    }

    /// The part of it that is about one entity, with the actions that the entity admits.
    #[must_use]
    pub fn about(mut self, entity: &Key<Entity>) -> Self {
        self.rows.retain(|row| row.place.entity_key() == entity);
        let used = |column: usize| self.rows.iter().flat_map(|row| &row.lines).any(|it| it.has(column));
        let kept: Vec<bool> = (0..self.actions.len()).map(used).collect();
        keep(&mut self.actions, &kept);
        for line in self.rows.iter_mut().flat_map(|row| &mut row.lines) {
            line.others.iter_mut().for_each(|other| keep(&mut other.cells, &kept));
            keep(&mut line.cells, &kept);
        }
        self
    }

    /// How it is put on paper.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet::new(self)
    }
}

/// Keeps those that are marked.
pub(in crate::review) fn keep<T>(values: &mut Vec<T>, kept: &[bool]) {
    let mut marks = kept.iter();
    values.retain(|_| marks.next().copied().unwrap_or(false));
}

impl Whose {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Role(_) => "role",
            Self::User { .. } => "user",
        }
    }
}
