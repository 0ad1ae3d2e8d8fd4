//! `bailiwick filter`: which records a user may do something with, as a condition.

use bailiwick::{Access, Filter, Snapshot};
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::occasion::Occasion;
use crate::output::{Output, json, notes, plain, strong};
use crate::question::ViewerArgs;

/// Tell which records of an entity a user may do something with.
///
/// The answer is the condition that an application adds to the query of a list: `nothing`, `everything`, or what a record must be.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct FilterArgs {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    viewer: ViewerArgs,
    #[command(flatten)]
    occasion: Occasion,
    /// What kind of records.
    #[arg(long, value_name = "ENTITY", help_heading = "Which records")]
    entity: String,
    /// What is to be done with them. Can be repeated.
    #[arg(long = "action", value_name = "ACTION", help_heading = "Which records", required = true)]
    actions: Vec<String>,
    #[cfg(feature = "sql")]
    #[command(flatten)]
    mapping: crate::mapping::MappingArgs,
}

const AFTER: &str = "\
Exit status:
  0  some records are kept, for one of the actions at least
  1  nothing is kept
  2  the input cannot be used, or names something that is not there

With --json, one object is printed:
  {\"user\": KEY | null, \"at\": INSTANT,                   who asked (null is a visitor), and when
   \"circumstances\": [KEY, ...],                         in which circumstances
   \"entity\": KEY,
   \"filters\": [{\"action\": KEY, \"filter\": DOCUMENT,     a document of format bailiwick/filter
                \"sql\"?: {\"text\": TEXT, \"values\": [TEXT | NUMBER, ...]}}, ...],   with --sql
   \"notes\": [TEXT, ...]}
or, with exit status 2:
  {\"problems\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?}, ...]}";

/// The answer, for programs.
#[derive(Serialize)]
struct Answer<'a> {
    user: Option<&'a str>,
    at: String,
    circumstances: Vec<String>,
    entity: &'a str,
    filters: Vec<Kept<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Kept<'a> {
    action: &'a str,
    filter: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<Condition>,
    #[serde(skip)]
    words: String,
}

/// A filter as SQL: a condition, and the values to bind to its placeholders.
#[derive(Serialize)]
pub(crate) struct Condition {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl FilterArgs {
    pub(crate) fn run(&self) -> Output {
        let told = self.documents.compile().and_then(|snapshot| self.tell(&snapshot));
        told.unwrap_or_else(|complaints| Output::unusable(&complaints))
    }

    fn tell(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        self.check_names(snapshot)?;
        let circumstances = self.occasion.circumstances(|key| snapshot.circumstance(key).is_some())?;
        let circumstances = circumstances.into_iter().map(|key| snapshot.circumstance(key));
        let access = self.viewer.access(snapshot, self.occasion.at()).in_circumstances(circumstances);
        let filter = |action: &String| access.filter(snapshot.action(action), snapshot.entity(&self.entity));
        let filters: Vec<Filter> = self.actions.iter().map(filter).collect();
        let sql = self.sql(snapshot, &filters)?;
        let any = filters.iter().any(|filter| !filter.is_nothing());
        let kept = self.actions.iter().zip(&filters).zip(sql).map(|((action, filter), sql)| Kept {
            action,
            filter: serde_json::from_str(&filter.to_json()).unwrap_or_default(),
            sql,
            words: filter.to_string(),
        });
        Ok(self.told(&access, any, kept.collect()))
    }

    /// The filters as SQL, where it is asked for.
    #[cfg(feature = "sql")]
    fn sql(&self, snapshot: &Snapshot, filters: &[Filter]) -> Result<Vec<Option<Condition>>, Vec<Complaint>> {
        let conditions = self.mapping.conditions(snapshot, &self.entity, filters.iter())?;
        Ok(match conditions {
            Some(conditions) => conditions.into_iter().map(Some).collect(),
            None => filters.iter().map(|_| None).collect(),
        })
    }

    #[cfg(not(feature = "sql"))]
    fn sql(&self, _: &Snapshot, filters: &[Filter]) -> Result<Vec<Option<Condition>>, Vec<Complaint>> {
        Ok(filters.iter().map(|_| None).collect())
    }

    /// An application that asks for what is not there gets nothing. Somebody who types wants to hear of it.
    fn check_names(&self, snapshot: &Snapshot) -> Result<(), Vec<Complaint>> {
        let unknown = |argument: &str, noun: &str, key: &str| {
            Complaint::whole(argument, "unknown", format!("the vocabulary has no {noun} `{key}`"))
        };
        let entity = snapshot.entity(&self.entity).is_none();
        let mut problems: Vec<Complaint> =
            entity.then(|| unknown("--entity", "entity", &self.entity)).into_iter().collect();
        let actions = self.actions.iter().filter(|action| snapshot.action(*action).is_none());
        problems.extend(actions.map(|action| unknown("--action", "action", action)));
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn told(&self, access: &Access<'_>, any: bool, filters: Vec<Kept<'_>>) -> Output {
        let mut asides: Vec<String> = self.viewer.unknown(access.snapshot()).into_iter().collect();
        asides
            .extend(access.valid_until().map(|until| format!("another answer is possible from {until} on")));
        let named = filters.len() > 1;
        let text = filters.iter().map(|kept| kept.text(named)).collect();
        let answer = Answer {
            user: self.viewer.user(),
            at: access.at().to_rfc3339(),
            circumstances: access.circumstances().iter().map(ToString::to_string).collect(),
            entity: &self.entity,
            filters,
            notes: &asides,
        };
        Output { verdict: any.into(), text, asides: notes(&asides), json: json(&answer) }
    }
}

impl Kept<'_> {
    fn text(&self, named: bool) -> String {
        let action = if named { strong(format_args!("{}: ", self.action)) } else { String::new() };
        let sql = self.sql.as_ref().map(Condition::lines).unwrap_or_default();
        format!("{action}{}\n{sql}", self.words)
    }
}

impl Condition {
    fn lines(&self) -> String {
        let values = self.values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let bound = if values.is_empty() { values } else { format!("  bound: {}\n", plain(&values)) };
        format!("  {}\n{bound}", plain(&self.text))
    }
}
