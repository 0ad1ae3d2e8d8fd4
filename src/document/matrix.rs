//! Matrices as JSON: every cell with its reasons, for applications that draw their own screen.
//!
//! Printed and never read: a matrix is an answer. It begins as documents do, with a format and a version.

use serde::Serialize;

use super::answer::{Answer, print_answer};
use super::wire::matrix::{WireRow, WireSide};
use super::wire::{WireKey, wire_keys};
use crate::review::matrix::Matrix;
use crate::vocabulary::Action;

#[derive(Serialize)]
struct WireMatrix {
    sides: Vec<WireSide>,
    actions: Vec<WireKey<Action>>,
    rows: Vec<WireRow>,
}

impl Matrix {
    /// Prints the matrix as JSON, always in the same way. Nothing is folded, and every reason has its stable code, as in
    /// [`Explanation::to_json`](crate::Explanation::to_json).
    ///
    /// ```
    /// use bailiwick::{crm, Directory, Policy, Snapshot};
    ///
    /// let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    /// let snapshot = Snapshot::compile(&policy, &Directory::new())?;
    /// let json = snapshot.role_matrix(crm::MANAGER).expect("a default role").to_json();
    /// assert!(json.contains(r#""format": "bailiwick/matrix""#) && json.contains(r#""level": "own""#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        print_answer(self)
    }
}

impl Answer for Matrix {
    const FORMAT: &'static str = "bailiwick/matrix";

    fn body(&self) -> impl Serialize {
        WireMatrix {
            sides: self.sides.iter().map(WireSide::from).collect(),
            actions: wire_keys(&self.actions),
            rows: self.rows.iter().map(|row| WireRow::new(self, row)).collect(),
        }
    }
}
