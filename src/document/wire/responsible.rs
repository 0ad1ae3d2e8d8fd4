//! Whose a new record becomes.

use serde::{Deserialize, Serialize};

use super::WireKey;
use crate::check::Responsible;
use crate::directory::{Department, User};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "who becomes the owner (such as \"author\" or \"requested\")")]
pub(in crate::document) enum WireResponsible {
    Author,
    Requested,
    Within(WireKey<Department>),
    Absent(WireKey<User>),
}

impl From<WireResponsible> for Responsible {
    fn from(wire: WireResponsible) -> Self {
        match wire {
            WireResponsible::Author => Self::Author,
            WireResponsible::Requested => Self::Requested,
            WireResponsible::Within(department) => Self::Within(department.0),
            WireResponsible::Absent(absent) => Self::Absent(absent.0),
        }
    }
}

impl From<&Responsible> for WireResponsible {
    fn from(responsible: &Responsible) -> Self {
        match responsible {
            Responsible::Author => Self::Author,
            Responsible::Requested => Self::Requested,
            Responsible::Within(department) => Self::Within(department.into()),
            Responsible::Absent(absent) => Self::Absent(absent.into()),
        }
    }
}
