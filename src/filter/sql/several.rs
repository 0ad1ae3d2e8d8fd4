//! Filters of several actions in one query.

use sea_query::{Condition, Expr, ExprTrait, Func};

use crate::filter::several::Filters;
use crate::filter::sql::dialect::Dialect;
use crate::filter::sql::mapping::Mapping;
use crate::filter::sql::problem::MappingProblem;
use crate::filter::sql::render::Renderer;
use crate::filter::sql::text::Sql;
use crate::filter::sql::truth::Truth;
use crate::snapshot::Snapshot;

impl Mapping {
    /// Records with which at least one of the actions is permitted.
    ///
    /// # Errors
    ///
    /// As [`condition`](Self::condition).
    pub fn any_condition(&self, snapshot: &Snapshot, filters: &Filters) -> Result<Condition, MappingProblem> {
        let renderer = Renderer::new(self, snapshot);
        let mut different: Vec<_> = Vec::new();
        for (_, filter) in filters.iter().filter(|(_, filter)| !filter.is_nothing()) {
            if !different.contains(&filter) {
                different.push(filter);
            }
        }
        let any: Result<Vec<_>, _> = different.into_iter().map(|filter| renderer.filter(filter)).collect();
        Ok(Condition::all().add(Truth::any(any?).into_expr()))
    }

    /// An integer for each row, to select beside its columns: which of the actions are permitted with it, as
    /// [`Permitted::from_bits`](crate::Permitted::from_bits) reads it.
    ///
    /// # Errors
    ///
    /// As [`condition`](Self::condition).
    pub fn permitted(&self, snapshot: &Snapshot, filters: &Filters) -> Result<Expr, MappingProblem> {
        let renderer = Renderer::new(self, snapshot);
        // Actions with the same filter share one CASE: their bits are added together beforehand.
        let mut cases: Vec<(_, u64)> = Vec::new();
        for (number, (_, filter)) in filters.iter().enumerate() {
            match cases.iter_mut().find(|(other, _)| *other == filter) {
                Some((_, bits)) => *bits |= 1 << number,
                None => cases.push((filter, 1 << number)),
            }
        }
        let mut sum: Option<Expr> = None;
        for (filter, bits) in cases {
            let bits = Expr::Constant(bits.cast_signed().into());
            let term = match renderer.filter(filter)? {
                Truth::Never => continue,
                Truth::Always => bits,
                Truth::When(condition) => {
                    Expr::case(condition, bits).finally(Expr::Constant(0_i64.into())).into()
                }
            };
            sum = Some(sum.map_or_else(|| term.clone(), |sum| sum.add(term.clone())));
        }
        let sum = sum.unwrap_or_else(|| Expr::Constant(0_i64.into()));
        Ok(match self.dialect() {
            Dialect::Sqlite | Dialect::Mysql => sum,
            Dialect::Postgres => Func::cast_as(sum, "bigint").into(),
        })
    }

    /// [`permitted`](Self::permitted) as text with values to bind. `after` is how many placeholders the caller's statement has
    /// before it.
    ///
    /// # Errors
    ///
    /// As [`condition`](Self::condition).
    pub fn permitted_sql(
        &self,
        snapshot: &Snapshot,
        filters: &Filters,
        after: usize,
    ) -> Result<Sql, MappingProblem> {
        Ok(Sql::of(self.dialect(), &self.permitted(snapshot, filters)?, after))
    }
}
