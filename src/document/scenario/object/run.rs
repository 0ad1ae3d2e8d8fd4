//! Asking about objects: in the way of an application, which freezes the lists once and hands over one chain a question.

use super::{Item, ItemPlace, ObjectAsk};
use crate::access::Access;
use crate::acl::Object;
use crate::document::scenario::problem::{ScenarioProblem, ScenarioProblemKind};
use crate::document::scenario::report::Answer;
use crate::key::Key;
use crate::resolve::acl::FrozenAcl;
use crate::snapshot::{Noun, Snapshot};
use crate::vocabulary::Ladder;

/// The objects of a scenario that can be asked about.
pub(in crate::document::scenario) struct Objects<'s> {
    snapshot: &'s Snapshot,
    items: &'s [Item],
    ladders: Vec<&'s Key<Ladder>>,
    frozen: Vec<FrozenAcl>,
}

impl<'s> Objects<'s> {
    /// The objects with their lists frozen. A ladder or rung that there is not is a problem; somebody unknown is nobody, as the
    /// owner of a record is.
    pub(in crate::document::scenario) fn new(
        items: &'s [Item],
        snapshot: &'s Snapshot,
        problems: &mut Vec<ScenarioProblem>,
    ) -> Self {
        let mut objects = Self { snapshot, items, ladders: Vec::new(), frozen: Vec::new() };
        for (at, item) in items.iter().enumerate() {
            let Some(ladder) = objects.ladder_of(item) else { continue };
            let known = snapshot.ladder(ladder);
            let mut report = |pointer: &str, noun, key: String| {
                let kind = ScenarioProblemKind::Unknown { noun, key };
                problems.push(ScenarioProblem { pointer: format!("/objects/{at}/{pointer}"), kind });
            };
            if known.is_none() && matches!(item.place, ItemPlace::Root(_)) {
                report("ladder", Noun::Ladder, ladder.to_string());
            }
            for (number, entry) in item.acl.entries.iter().enumerate() {
                if known.is_some() && snapshot.rung(known, &entry.rung).is_none() {
                    report(&format!("acl/{number}/rung"), Noun::Rung, entry.rung.to_string());
                }
            }
            objects.frozen.push(snapshot.acl(known, &item.acl));
            objects.ladders.push(ladder);
        }
        objects
    }

    fn ladder_of(&self, item: &'s Item) -> Option<&'s Key<Ladder>> {
        match &item.place {
            ItemPlace::Root(ladder) => Some(ladder),
            ItemPlace::Inside(above) => self.ladders.get(self.position(above)?).copied(),
        }
    }

    fn position(&self, key: &Key<Item>) -> Option<usize> {
        self.items.iter().position(|item| item.key == *key)
    }

    /// The lists of all that an object lies in, the root's first.
    fn above(&self, item: &Item) -> Vec<&FrozenAcl> {
        let above = |item: &Item| match &item.place {
            ItemPlace::Root(_) => None,
            ItemPlace::Inside(above) => self.position(above),
        };
        let up = std::iter::successors(above(item), |at| above(self.items.get(*at)?));
        let mut lists: Vec<&FrozenAcl> = up.filter_map(|at| self.frozen.get(at)).collect();
        lists.reverse();
        lists
    }

    /// The answer; nothing, if the question names an object that there is not, which reading the document has excluded.
    pub(in crate::document::scenario) fn answer(
        &self,
        access: &Access<'_>,
        ask: &ObjectAsk,
    ) -> Option<Answer> {
        let (_, named) = ask.objects().into_iter().next()?;
        let (item, own, object) = self.object(named)?;
        let acl = access.acl(self.snapshot.ladder(self.ladder_of(item)?));
        let here = acl.below(self.above(item));
        Some(match ask {
            ObjectAsk::Check { action, .. } => {
                Answer::Decision(here.check(self.snapshot.action(action), &object))
            }
            ObjectAsk::Actions { .. } => Answer::Actions(here.actions(&object).keys().cloned().collect()),
            ObjectAsk::Share { rung, .. } => {
                let rung = self.snapshot.rung(self.snapshot.ladder(self.ladder_of(item)?), rung);
                Answer::Decision(here.may_share(&object, rung))
            }
            ObjectAsk::Move { into, .. } => {
                let (target, _, there) = self.object(into)?;
                Answer::Decision(here.may_move(&object, &acl.below(self.above(target)), &there))
            }
            ObjectAsk::List { action, inside } => {
                let place = ItemPlace::Inside(inside.clone());
                let children: Vec<&Item> = self.items.iter().filter(|item| item.place == place).collect();
                let objects = children.iter().filter_map(|child| Some(self.object(&child.key)?.2));
                let below = here.below(own);
                let listed = children.iter().zip(below.check_each(self.snapshot.action(action), objects));
                let allowed = listed.filter(|(_, decision)| decision.is_allowed());
                Answer::Objects(allowed.map(|(child, _)| child.key.clone()).collect())
            }
        })
    }

    fn object(&self, key: &Key<Item>) -> Option<(&'s Item, &FrozenAcl, Object<'_>)> {
        let at = self.position(key)?;
        let (item, own) = (self.items.get(at)?, self.frozen.get(at)?);
        let author = item.author.as_ref().and_then(|author| self.snapshot.user(author));
        Some((item, own, Object::new(own).author(author)))
    }
}
