//! What one action demands of a record.

use crate::directory::Department;
use crate::explain::hosting::Hosting;
use crate::explain::link::Link;
use crate::explain::share::SharedWith;
use crate::key::Key;
use crate::reason::{Basis, Cut, Relation, SettingsRight, Standing};
use crate::vocabulary::{Action, Party};

/// What one action demands: that the viewer stands to the record in one of these relations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Demand {
    /// The action: the one that was asked about, or a prerequisite of it.
    pub action: Key<Action>,
    /// From where the viewer has the action at the record's place.
    pub basis: Basis,
    /// The settings right that includes the action, if one does.
    pub settings: Option<SettingsRight>,
    /// The relations that suffice for whoever holds the action anywhere in the entity, if they make a difference here.
    pub standing: Option<Standing>,
    /// What limits take of it, if they do.
    pub cut: Option<Cut>,
    /// All relations that suffice. Nothing, if the viewer does not have the action here.
    pub reach: Vec<Relation>,
    /// Those of them that hold. Empty where no record was asked about.
    pub met_by: Vec<Relation>,
    /// Whether the record is elsewhere, if that would suffice.
    pub elsewhere: Option<Elsewhere>,
    /// What linked records say, if the action opens through such: of those that the record asked about is linked to.
    pub links: Vec<Link>,
    /// What the social groups that host the record say, if the action is opened by an operation of theirs.
    pub hosts: Vec<Hosting>,
    /// With whom the record is shared for the action, if it is: every such share, with him or not.
    pub shares: Vec<SharedWith>,
    /// Whether the demand is met.
    pub met: bool,
}

/// What the relation "elsewhere" rests on. It is about everybody at once and so hangs on no single tie.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Elsewhere {
    /// The parties that count for the department.
    pub parties: Vec<Key<Party>>,
    /// The departments in which none of them may be: those of the person as whom the view looks.
    pub departments: Vec<Key<Department>>,
    /// Whether none of them is: whether the relation holds.
    pub holds: bool,
}
