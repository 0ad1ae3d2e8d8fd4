//! One viewer before and after.

use std::collections::HashMap;

use crate::access::Access;
use crate::check::Creation;
use crate::key::Key;
use crate::reason::{Claim, Perspective};
use crate::resolve;
use crate::review::diff::{About, Difference, Direction, Has, Leads};
use crate::review::each_once;
use crate::review::matrix::{Column, Line, Matrix, Row, keep};
use crate::vocabulary::{Entity, Pipeline, Place, RightRef};

/// Everything that differs, in the order of the vocabulary.
pub(super) fn compare(before: &Access<'_>, after: &Access<'_>) -> Vec<Difference> {
    let both = matrix(before).beside(&matrix(after));
    let through: Vec<RightRef> =
        [before, after].into_iter().flat_map(|it| it.snapshot().opening_rights()).collect();
    let mut all = Vec::new();
    if let [one, other] = both.sides.as_slice() {
        let gets_in = |side: Option<bool>| Has::Entry(side.unwrap_or_default());
        all.push((About::Application, gets_in(one.enters_application), gets_in(other.enters_application)));
    }
    let stages = count_stages(&both);
    for row in &both.rows {
        let others = stages.get(&scope(&row.place)).copied().unwrap_or_default();
        // A stage is not among its own destinations.
        let others = others.saturating_sub(usize::from(row.place.stage_key().is_some()));
        if let [one, other] = row.lines.as_slice() {
            let columns = columns(&both, row).map(|(about, column)| {
                let whole = about.is_any_of(&through);
                let of = |line| has(line, column, whole, others);
                (about, of(one), of(other))
            });
            all.extend(columns);
        }
        all.push((
            About::Creating(row.place.clone()),
            creation(before, &row.place),
            creation(after, &row.place),
        ));
    }
    let differ = all.into_iter().filter(|(_, before, after)| before != after);
    differ.map(|(about, before, after)| Difference { about, before, after }).collect()
}

/// What somebody may do, but for other views by which he may do nothing more.
fn matrix(access: &Access<'_>) -> Matrix {
    let kept: Vec<bool> = access.views().skip(1).map(|view| !resolve::is_idle(&view)).collect();
    let mut matrix = access.matrix();
    for line in matrix.rows.iter_mut().flat_map(|row| &mut row.lines) {
        keep(&mut line.others, &kept);
    }
    matrix
}

fn columns<'m>(matrix: &'m Matrix, row: &'m Row) -> impl Iterator<Item = (About, Column)> + 'm {
    let at = || row.place.clone();
    let actions = matrix.actions.iter().enumerate();
    let actions = actions.map(move |(number, key)| (About::Doing(at(), key.clone()), Column::Action(number)));
    let fixed = [(About::Entering(at()), Column::Entering), (About::Moving(at()), Column::Moves)];
    fixed.into_iter().chain(actions)
}

/// An entity, or a pipeline in one.
type Scope = (Key<Entity>, Option<Key<Pipeline>>);

fn scope(place: &Place) -> Scope {
    (place.entity_key().clone(), place.pipeline_key().cloned())
}

/// How many stages each entity and each pipeline has, on either side.
fn count_stages(matrix: &Matrix) -> HashMap<Scope, usize> {
    let mut stages = HashMap::new();
    for place in matrix.rows.iter().map(|row| &row.place).filter(|place| place.stage_key().is_some()) {
        *stages.entry(scope(place)).or_default() += 1;
        *stages.entry((place.entity_key().clone(), None)).or_default() += 1;
    }
    stages
}

/// What somebody has, in every view, even where his own lacks nothing, if the whole is asked for; where so many other stages are
/// everywhere that records could go. What two substitutions of the same person give alike is had once.
fn has(line: &Line, column: Column, whole: bool, others: usize) -> Has {
    let few = || line.counting(column).filter(|_| !whole);
    let views = || few().chain(line.giving(column).filter(|_| whole)).map(|view| (as_whom(view), view));
    match column {
        Column::Entering => Has::Entry(line.counting(column).next().is_some()),
        Column::Action(_) => Has::Reach(each_once(
            views().filter_map(|(as_whom, view)| Some((as_whom, view.cell(column)?.effect.clone()))),
        )),
        Column::Moves => Has::Stages(each_once(views().filter_map(|(as_whom, view)| {
            let stages = view.moves.as_ref()?.stages.clone();
            Some((as_whom, Leads { anywhere: stages.len() == others, stages }))
        }))),
    }
}

/// In which view, if not one's own. Why somebody stands in plays no part.
fn as_whom(view: &Line) -> Option<Perspective> {
    view.perspective.clone().map(|it| Perspective { reason: None, ..it })
}

fn creation(access: &Access<'_>, place: &Place) -> Has {
    let snapshot = access.snapshot();
    let at = snapshot.places.exact(place).map(|at| snapshot.places.handle(at));
    Has::Creation(match at.map(|at| access.create(at)) {
        Some(Creation::Allowed(whose)) => Some(whose),
        Some(Creation::Denied(_)) | None => None,
    })
}

impl Difference {
    /// Which way it changed.
    pub fn direction(&self) -> Direction {
        match (self.before.is_within(&self.after), self.after.is_within(&self.before)) {
            (true, _) => Direction::Gain,
            (false, true) => Direction::Loss,
            // Other views count for nothing, and are not told, where everything is reached.
            (false, false) => match (self.before.is_everything(), self.after.is_everything()) {
                (true, false) => Direction::Loss,
                (false, true) => Direction::Gain,
                (true, true) | (false, false) => Direction::Both,
            },
        }
    }
}

impl Direction {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gain => "gain",
            Self::Loss => "loss",
            Self::Both => "both",
        }
    }
}

impl About {
    /// Whether it is about one of these rights. Records that are linked to others look for them view by view.
    fn is_any_of(&self, rights: &[RightRef]) -> bool {
        let Self::Doing(place, action) = self else { return false };
        rights.iter().any(|right| right.entity == *place.entity_key() && right.action == *action)
    }

    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Entering(_) => "entering",
            Self::Doing(..) => "doing",
            Self::Creating(_) => "creating",
            Self::Moving(_) => "moving",
        }
    }
}

impl Has {
    /// Whether one of the views reaches every record.
    fn is_everything(&self) -> bool {
        matches!(self, Self::Reach(views) if views.iter().any(|(_, lists)| lists.is_empty()))
    }

    /// Whether whatever is allowed by this is also allowed by the other.
    fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Entry(one), Self::Entry(other)) => one <= other,
            (Self::Reach(one), Self::Reach(other)) => one.iter().all(|(as_whom, narrow)| {
                other.iter().any(|(others, wide)| as_whom == others && implies(narrow, wide))
            }),
            (Self::Stages(one), Self::Stages(other)) => one.iter().all(|(as_whom, few)| {
                let more = other.iter().filter(|(others, _)| as_whom == others);
                few.stages.iter().all(|stage| more.clone().any(|(_, more)| more.stages.contains(stage)))
            }),
            (Self::Creation(one), Self::Creation(other)) => {
                one.is_none() || one == other || *other == Some(crate::check::Responsible::Requested)
            }
            _ => false,
        }
    }
}

/// Whether every record that meets the one meets the other.
fn implies(one: &[Vec<Claim>], other: &[Vec<Claim>]) -> bool {
    let within = |narrow: &[Claim], wide: &[Claim]| {
        narrow.iter().all(|claim| wide.iter().any(|wider| claim.implies(wider)))
    };
    other.iter().all(|wide| one.iter().any(|narrow| within(narrow, wide)))
}
