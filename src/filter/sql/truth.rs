//! Conditions with the constants visible, so that nothing is dropped and nothing empty is written.
//!
//! Invariant: an `And` of nothing is always true and an `Or` of nothing is never true, said in one place. Joining writes trees
//! and not chains, because databases limit how deep an expression may be (`SQLite`: a thousand).

use sea_query::{Expr, ExprTrait};

/// A condition that may be constant.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Truth {
    Always,
    Never,
    When(Expr),
}

/// How many conditions are joined side by side before a level of parentheses is put between.
const WIDTH: usize = 32;

impl Truth {
    /// True when all are.
    pub(super) fn all(of: impl IntoIterator<Item = Self>) -> Self {
        let mut conditions = Vec::new();
        for one in of {
            match one {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::When(condition) => conditions.push(condition),
            }
        }
        joined(conditions, Expr::and).map_or(Self::Always, Self::When)
    }

    /// True when any is.
    pub(super) fn any(of: impl IntoIterator<Item = Self>) -> Self {
        let mut conditions = Vec::new();
        for one in of {
            match one {
                Self::Always => return Self::Always,
                Self::Never => {}
                Self::When(condition) => conditions.push(condition),
            }
        }
        joined(conditions, Expr::or).map_or(Self::Never, Self::When)
    }

    /// True when it is not true: where it is false, and where it is NULL.
    #[must_use]
    pub(super) fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::When(condition) => Self::When(condition.is_not(Expr::Constant(true.into()))),
        }
    }

    pub(super) fn constant(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }

    /// As an expression. Constants are written out: an empty condition would be left away by whoever joins it.
    pub(super) fn into_expr(self) -> Expr {
        match self {
            Self::Always => Expr::Constant(true.into()),
            Self::Never => Expr::Constant(false.into()),
            Self::When(condition) => condition,
        }
    }
}

fn joined(mut conditions: Vec<Expr>, join: fn(Expr, Expr) -> Expr) -> Option<Expr> {
    while conditions.len() > WIDTH {
        let mut rest = conditions.into_iter().peekable();
        let mut wider = Vec::new();
        while rest.peek().is_some() {
            wider.extend(rest.by_ref().take(WIDTH).reduce(join));
        }
        conditions = wider;
    }
    conditions.into_iter().reduce(join)
}

#[cfg(test)]
mod tests {
    use super::Truth;
    use sea_query::{Expr, ExprTrait, Query, SqliteQueryBuilder};

    fn written(truth: Truth) -> String {
        Query::select().expr(truth.into_expr()).to_string(SqliteQueryBuilder)
    }

    fn when(number: i32) -> Truth {
        Truth::When(Expr::val(number).eq(number))
    }

    #[test]
    fn nothing_joined_is_the_neutral_constant() {
        assert_eq!(Truth::all([]), Truth::Always);
        assert_eq!(Truth::any([]), Truth::Never);
        assert_eq!(written(Truth::any([])), "SELECT FALSE");
        assert_eq!(written(Truth::all([])), "SELECT TRUE");
    }

    #[test]
    fn constants_decide_or_vanish() {
        assert_eq!(Truth::all([when(1), Truth::Never]), Truth::Never);
        assert_eq!(Truth::any([when(1), Truth::Always]), Truth::Always);
        assert_eq!(Truth::all([when(1), Truth::Always]), when(1));
        assert_eq!(Truth::any([when(1), Truth::Never]), when(1));
    }

    #[test]
    fn many_conditions_are_joined_in_a_shallow_tree() {
        let text = written(Truth::any((0..5000).map(when)));
        assert_eq!(text.matches(" OR ").count(), 4999);
        let mut depth = 0_i32;
        let deepest = text.chars().map(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth
        });
        assert!(deepest.max().is_some_and(|deepest| deepest <= 3));
    }
}
