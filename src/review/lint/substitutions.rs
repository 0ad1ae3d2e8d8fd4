//! Lints about substitutions alone.

use std::collections::HashSet;

use crate::directory::User;
use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Extent, Substitution};
use crate::review::lint::assignments::repeated;
use crate::review::lint::{Finding, Ground, Lint};
use crate::snapshot::Part;
use crate::vocabulary::Action;

impl Ground<'_> {
    /// What is found of the substitutions of which this is true, with their numbers.
    fn substitutions(
        &self,
        lint: Lint,
        is: impl Fn(usize, &Substitution) -> bool,
        says: impl Fn(&Substitution) -> String,
    ) -> Vec<Finding> {
        let all = self.policy.substitutions.iter().enumerate().filter(|(at, it)| is(*at, it));
        let finding = |(at, it): (usize, &Substitution)| {
            let pointer = format!("/substitutions/{at}");
            Finding::new(lint, Part::Policy, pointer, [it.absent.to_string()], says(it))
        };
        all.map(finding).collect()
    }

    /// Whether no action passes that anything admits. What is said of a place is on offer there, or it would not compile.
    fn is_narrowed_to_nothing(&self, it: &Substitution) -> bool {
        let Self { snapshot, .. } = self;
        let admitted = |key: &Key<Action>| {
            let action = snapshot.lexicon.actions.find(key.borrow());
            let mut entities = snapshot.offers.entities();
            action.is_some_and(|action| {
                entities.any(|(entity, _)| snapshot.offers.rule(entity, action).offered)
            })
        };
        let passes = |extent: &Extent| extent.actions.as_ref().is_none_or(|all| all.iter().any(admitted));
        it.only.as_ref().is_some_and(|only| !only.iter().any(passes))
    }
}

pub(super) fn stands_in_for_himself(ground: &Ground<'_>) -> Vec<Finding> {
    let says = |it: &Substitution| format!("`{}` stands in for himself, which gives him nothing", it.absent);
    ground.substitutions(Lint::StandsInForHimself, |_, it| it.absent == it.substitute, says)
}

/// A substitution ends when either of the two is dismissed, and does nothing if nothing passes it.
pub(super) fn never_live(ground: &Ground<'_>) -> Vec<Finding> {
    let gone = ground.directory.users.iter().filter(|user| user.dismissed);
    let gone: HashSet<&Key<User>> = gone.map(|user| &user.key).collect();
    let never = |_: usize, it: &Substitution| {
        let nothing = ground.is_narrowed_to_nothing(it);
        it.absent != it.substitute && (nothing || gone.contains(&it.absent) || gone.contains(&it.substitute))
    };
    ground.substitutions(Lint::SubstitutionNeverLive, never, |it| {
        let why = if ground.is_narrowed_to_nothing(it) {
            "is narrowed to nothing"
        } else {
            "never comes to anything: one of them is dismissed"
        };
        format!("the substitution of `{}` by `{}` {why}", it.absent, it.substitute)
    })
}

/// The later of two substitutions that are alike but for their times, which overlap.
pub(super) fn overlapping(ground: &Ground<'_>) -> Vec<Finding> {
    let but_time = |it: &Substitution| Substitution { window: Window::ALWAYS, reason: None, ..it.clone() };
    let again = repeated(ground.policy.substitutions.iter().map(|it| (but_time(it), it.window)));
    let again = |at: usize, _: &Substitution| again.get(at).is_some_and(|again| *again);
    ground.substitutions(Lint::WindowsOverlap, again, |it| {
        let (absent, substitute) = (&it.absent, &it.substitute);
        format!("the substitution of `{absent}` by `{substitute}` is arranged a second time, at times that overlap")
    })
}
