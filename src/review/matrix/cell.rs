//! What stands in a matrix: a line for each side, and in it what that side has of each action.

use crate::directory::{Department, User};
use crate::key::Key;
use crate::policy::{Limit, Role};
use crate::reason::{
    Basis, Claim, Cut, Effect, Perspective, Relation, Said, SettingsRight, Spoken, Standing,
};
use crate::review::each_once;
use crate::vocabulary::{Action, Level, Place};

/// One place, with a line for each side of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The place.
    pub place: Place,
    /// What each side has there.
    pub lines: Vec<Line>,
}

/// What one side has at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// Through which view this is seen, if not the viewer's own.
    pub perspective: Option<Perspective>,
    /// Whether the side enters the entity; only where the place is one, and entering is a question there.
    pub entering: Option<Entering>,
    /// What it has of each action, by the columns of the matrix; nothing, where the action is not on offer.
    pub cells: Vec<Option<Cell>>,
    /// Where it moves records to; only where there are stages.
    pub moves: Option<Moves>,
    /// What the viewer has through other views: roles that he holds apart, and the people he stands in for. Views do not mix:
    /// what any of them allows is allowed.
    pub others: Vec<Line>,
}

/// What one side has of one action at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// The relations that are given, by roles or by what makes them unnecessary, before any limit.
    pub given: Vec<Relation>,
    /// The level that says the same, if the vocabulary has one. Nothing where nobody says anything.
    pub level: Option<Key<Level>>,
    /// What suffices besides, for whoever holds the action anywhere in the entity, if it makes a difference here.
    pub standing: Option<Standing>,
    /// What limits take of it, if they do.
    pub cut: Option<Cut>,
    /// Everything that suffices for the action itself: what is given, and what stands, as far as limits leave it.
    pub reach: Vec<Relation>,
    /// The prerequisites that make a difference.
    pub narrowed: Vec<Narrowing>,
    /// Whether the action is among what is passed on here; only for somebody who stands in for another it may be not.
    pub passes: bool,
    /// All of it in the shortest form, the department that the view is confined to included: to be in its reach, a record must be
    /// claimed by one thing of each list. No list: every record; an empty list: no record.
    pub effect: Vec<Vec<Claim>>,
    /// From where the side has it.
    pub basis: Basis,
    /// The settings right that includes the action, if one does.
    pub settings: Option<SettingsRight>,
    /// What the role itself says; only for the side of a role.
    pub says: Option<Said>,
}

/// A prerequisite that makes a difference: with some record, the action itself is within reach and this is not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Narrowing {
    /// The action that is required as well.
    pub action: Key<Action>,
    /// The relations that suffice for that one. Empty, if it is not given at all.
    pub reach: Vec<Relation>,
}

/// Where one side moves records to from one place, if it may update them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moves {
    /// Whether that is every stage of the same pipeline.
    pub anywhere: bool,
    /// The stages, one by one; the place itself is not among them, for staying is no move.
    pub stages: Vec<Place>,
    /// From where the side has it.
    pub basis: Basis,
    /// The limits because of which there are fewer: they take the settings right, which includes all.
    pub limits: Vec<Key<Limit>>,
    /// Whether moving is among what is passed on here, as updating is; only for somebody who stands in for another it may be not, and then
    /// there are no stages.
    pub passes: bool,
    /// What the role itself says; only for the side of a role.
    pub says: Option<Said>,
}

/// Whether one side enters one entity: has what reading is, anywhere in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entering {
    /// Whether it does.
    pub enters: bool,
    /// The roles that let it in; none, if it is let in without being asked for one.
    pub by: Vec<Key<Role>>,
}

/// One column of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Whether the entity is entered.
    Entering,
    /// The action of this number in [`Matrix::actions`](super::Matrix::actions).
    Action(usize),
    /// Where records are moved to.
    Moves,
}

/// Where a cell comes from: how the screens of an administrator colour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A right that counts is set at this very place (black on the screens).
    Explicit,
    /// What counts is set at a place above (grey on the screens).
    Inherited,
    /// No role says anything.
    Nothing,
    /// No role is asked: he is an administrator.
    Administrator,
    /// No role is asked: the settings right includes it.
    Settings,
    /// No role is asked: the records of the entity move freely.
    MovesFreely,
}

/// How the sides of a matrix compare in one column of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contrast {
    /// They say and do the same.
    Same,
    /// They come to the same, and one says so at this place where another inherits it. Between roles this is a difference, for
    /// an explicit right can silence those of other roles.
    Said,
    /// One may do what another may not.
    Effect,
}

impl Origin {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Inherited => "inherited",
            Self::Nothing => "nothing",
            Self::Administrator => "administrator",
            Self::Settings => "settings",
            Self::MovesFreely => "moves-freely",
        }
    }
}

impl Contrast {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Said => "said",
            Self::Effect => "effect",
        }
    }
}

impl Cell {
    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        origin(&self.basis, self.says.as_ref())
    }

    /// Whether no record at all is in its reach.
    pub fn is_nothing(&self) -> bool {
        self.effect.iter().any(Vec::is_empty)
    }
}

impl Moves {
    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        origin(&self.basis, self.says.as_ref())
    }
}

/// Where something comes from. A role that itself says all that it has without being asked is heard all the same.
fn origin(basis: &Basis, says: Option<&Said>) -> Origin {
    let said = |said: &Said| if said.explicit { Origin::Explicit } else { Origin::Inherited };
    let unasked = match basis {
        Basis::Administrator => Origin::Administrator,
        Basis::Settings => Origin::Settings,
        Basis::MovesFreely => Origin::MovesFreely,
        Basis::Roles(voices) => {
            let counting = voices.iter().filter(|voice| voice.effect == Effect::Counts);
            let origins = counting.filter_map(|voice| voice.said.as_ref()).map(said);
            return origins.fold(Origin::Nothing, |all, one| if all == Origin::Explicit { all } else { one });
        }
    };
    let everything = |said: &&Said| match &said.what {
        Spoken::Level { reaches, .. } => reaches.contains(&Relation::Always),
        Spoken::LeadsAnywhere => true,
        Spoken::LeadsTo(_) => false,
    };
    says.filter(everything).map_or(unasked, said)
}

impl Line {
    /// What the side has of an action.
    pub fn cell(&self, column: Column) -> Option<&Cell> {
        match column {
            Column::Action(number) => self.cells.get(number)?.as_ref(),
            Column::Entering | Column::Moves => None,
        }
    }

    /// Whether the action of this number is on offer.
    pub(super) fn has(&self, number: usize) -> bool {
        self.cell(Column::Action(number)).is_some()
    }

    /// Whether anything is set at the place itself, by a role that the side holds in any view.
    pub fn says_something(&self) -> bool {
        let cells = self.cells.iter().flatten().map(|cell| (&cell.basis, &cell.says));
        let moves = self.moves.iter().map(|moves| (&moves.basis, &moves.says));
        let here = cells.chain(moves).any(|(basis, says)| {
            let heard = basis.voices().iter().filter_map(|voice| voice.said.as_ref());
            heard.chain(says).any(|said| said.explicit)
        });
        here || self.others.iter().any(Self::says_something)
    }

    /// This line, and those of the other views.
    pub fn views(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

    /// What the column comes to in this view; the same for whatever gives nothing.
    fn effect(&self, column: Column) -> Effectively<'_> {
        let effect = match column {
            Column::Entering => self.entering.as_ref().filter(|it| it.enters).map(|_| Effectively::Enters),
            Column::Action(_) => self.cell(column).map(|it| Effectively::Reaches(&it.effect)),
            Column::Moves => self.moves.as_ref().map(|it| Effectively::Leads(&it.stages)),
        };
        effect.filter(|effect| !effect.is_nothing()).unwrap_or(Effectively::Leads(&[]))
    }

    /// What the column comes to in all views that give anything, each by as whom it looks. Where one's own view lacks nothing,
    /// no other matters; and what two views give alike, as two substitutions of the same person do, is had once.
    fn effects(&self, column: Column) -> Vec<(Looks<'_>, Effectively<'_>)> {
        let all = self.views().map(|line| (line.looks(), line.effect(column)));
        let mut all = each_once(all.filter(|(_, effect)| !effect.is_nothing()));
        if self.effect(column).is_everything() {
            all.truncate(1);
        }
        all
    }

    /// The views that give anything in the column.
    pub(in crate::review) fn giving(&self, column: Column) -> impl Iterator<Item = &Self> {
        self.views().filter(move |view| !view.effect(column).is_nothing())
    }

    /// Those of them that matter: where one's own lacks nothing, no other does.
    pub(in crate::review) fn counting(&self, column: Column) -> impl Iterator<Item = &Self> {
        let own_alone = self.effect(column).is_everything();
        self.giving(column).take(if own_alone { 1 } else { usize::MAX })
    }

    /// As whom the view looks: in whose place, and confined to where.
    fn looks(&self) -> Looks<'_> {
        let perspective = self.perspective.as_ref();
        perspective.map(|it| (it.absent.as_ref(), it.within.as_ref())).unwrap_or_default()
    }

    /// Whether the same actions are on offer at both places, and come to the same in every view.
    pub(super) fn equals(&self, other: &Self) -> bool {
        let offered = |line: &Self| line.cells.iter().map(Option::is_some).collect::<Vec<_>>();
        let same = |one: &Self, other: &Self| {
            let mut columns = (0..one.cells.len()).map(Column::Action);
            columns.all(|column| one.effect(column) == other.effect(column))
        };
        offered(self) == offered(other) && self.views().zip(other.views()).all(|(one, it)| same(one, it))
    }

    /// Where what is in the column comes from.
    pub fn origin(&self, column: Column) -> Origin {
        let origin = match column {
            Column::Entering => None,
            Column::Action(_) => self.cell(column).map(Cell::origin),
            Column::Moves => self.moves.as_ref().map(Moves::origin),
        };
        origin.unwrap_or(Origin::Nothing)
    }
}

/// In whose place somebody looks, and confined to which department.
type Looks<'a> = (Option<&'a Key<User>>, Option<&'a Key<Department>>);

/// What a column comes to.
#[derive(PartialEq, Eq)]
enum Effectively<'a> {
    Enters,
    Reaches(&'a [Vec<Claim>]),
    Leads(&'a [Place]),
}

impl Effectively<'_> {
    fn is_everything(&self) -> bool {
        matches!(self, Self::Enters | Self::Reaches([]))
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::Enters => false,
            Self::Reaches(effect) => effect.iter().any(Vec::is_empty),
            Self::Leads(stages) => stages.is_empty(),
        }
    }
}

impl Row {
    /// How the sides compare in a column.
    pub fn contrast(&self, column: Column) -> Contrast {
        let differ = |one: &Line, other: &Line| one.effects(column) != other.effects(column);
        let here = |line: &Line| line.origin(column) == Origin::Explicit;
        let said = |one: &Line, other: &Line| here(one) != here(other);
        let any = |unlike: &dyn Fn(&Line, &Line) -> bool| {
            self.lines.windows(2).any(|pair| if let [one, other] = pair { unlike(one, other) } else { false })
        };
        if any(&differ) {
            Contrast::Effect
        } else if any(&said) {
            Contrast::Said
        } else {
            Contrast::Same
        }
    }
}
