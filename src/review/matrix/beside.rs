//! Matrices next to each other: their rows and columns brought into one order.
//!
//! The two can come of different snapshots. What one of them does not know stays empty on its side.

use crate::key::Key;
use crate::review::matrix::Matrix;
use crate::review::matrix::cell::{Line, Row};
use crate::vocabulary::{Action, Place};

impl Matrix {
    /// Both, side by side: a role and another, a role and a user, a user before an edit and after it. A place or an action
    /// that only one of them knows stands where it stands there.
    ///
    /// ```
    /// use bailiwick::review::matrix::Contrast;
    /// use bailiwick::{crm, Directory, Policy, Snapshot};
    ///
    /// let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    /// let snapshot = Snapshot::compile(&policy, &Directory::new())?;
    /// let role = |key| snapshot.role_matrix(key).expect("a default role");
    ///
    /// let both = role(crm::MANAGER).beside(&role(crm::DEPARTMENT_HEAD));
    /// let read = both.column(&crm::READ.into()).expect("an action");
    /// let deals = both.row(&crm::DEAL.into()).expect("an entity");
    /// assert_eq!(deals.contrast(read), Contrast::Effect);
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    #[must_use]
    pub fn beside(mut self, other: &Self) -> Self {
        let sides = (self.sides.len(), other.sides.len());
        self.sides.extend(other.sides.iter().cloned());
        tell_apart(&mut self);
        let places = |matrix: &Self| matrix.rows.iter().map(|row| row.place.clone()).collect::<Vec<_>>();
        let actions = merged(&self.actions, &other.actions);
        let rows = merged(&places(&self), &places(other)).into_iter().map(|place| {
            let mut lines = self.lines(&place, &actions, sides.0);
            lines.extend(other.lines(&place, &actions, sides.1));
            Row { place, lines }
        });
        self.rows = rows.collect();
        self.actions = actions;
        self
    }

    /// The lines of a place, with these columns; as many empty ones, if there is no such place.
    fn lines(&self, place: &Place, actions: &[Key<Action>], sides: usize) -> Vec<Line> {
        let Some(row) = self.row(place) else {
            let empty = Line { cells: vec![None; actions.len()], ..Line::default() };
            return vec![empty; sides];
        };
        row.lines.iter().map(|line| self.rearranged(line, actions)).collect()
    }

    /// The line with these columns.
    fn rearranged(&self, line: &Line, actions: &[Key<Action>]) -> Line {
        let cells = actions.iter().map(|action| line.cell(self.column(action)?).cloned());
        let others = line.others.iter().map(|other| self.rearranged(other, actions));
        Line { cells: cells.collect(), others: others.collect(), ..line.clone() }
    }
}

/// Numbers the labels of sides that are called the same.
fn tell_apart(matrix: &mut Matrix) {
    let labels: Vec<String> = matrix.sides.iter().map(|side| side.label.clone()).collect();
    for (at, side) in matrix.sides.iter_mut().enumerate() {
        let before = labels.iter().take(at).filter(|label| **label == side.label).count();
        if before > 0 {
            side.label = format!("{} ({})", side.label, before + 1);
        }
    }
}

/// Both lists in one order: the first's, with what only the other has behind what it follows there.
fn merged<T: PartialEq + Clone>(one: &[T], other: &[T]) -> Vec<T> {
    let mut all = one.to_vec();
    let mut next = 0;
    for value in other {
        match all.iter().position(|known| known == value) {
            Some(at) => next = at + 1,
            None => {
                all.insert(next.min(all.len()), value.clone());
                next += 1;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn what_only_one_list_has_stays_behind_what_it_follows() {
        assert_eq!(merged(&[1, 2, 3], &[0, 1, 5, 3, 4]), [0, 1, 5, 2, 3, 4]);
        assert_eq!(merged(&[], &[1, 2]), [1, 2]);
        assert_eq!(merged(&[1, 2], &[]), [1, 2]);
        assert_eq!(merged(&[1, 2], &[2, 1]), [1, 2]);
    }
}
