//! What explanations say of limits: what each takes and where, and what would lift it.

use std::collections::BTreeSet;

use bailiwick::explain::Restraint;
use bailiwick::{
    Assignment, Directory, Key, Limit, Moment, Policy, Record, Role, Snapshot, Subject, User, crm,
};
use proptest::prop_assert_eq;

use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{access, handle, places, views};

#[test]
fn a_limit_is_told_with_what_it_takes_and_any_circumstance_told_to_lift_it_does() {
    in_every_world_and_preset(|world, snapshot| {
        let Some(place) = places(&world.policy.vocabulary).into_iter().next() else { return Ok(()) };
        let record = Record::at(handle(snapshot, &place));
        let action = world.policy.vocabulary.actions.first().map(|key| snapshot.action(key)).unwrap();
        for (who, on) in views(world) {
            let asked = access(snapshot, who.as_ref(), on);
            for told in asked.explain(action, &record).limits {
                let limit = world.policy.limits.iter().find(|limit| limit.key == told.limit).unwrap();
                prop_assert_eq!((&told.actions, &told.places), (&limit.actions, &limit.places));
                let set = |keys: &[Key<_>]| keys.iter().cloned().collect::<BTreeSet<_>>();
                prop_assert_eq!(set(&told.unless), set(&limit.unless));
                for lifting in &told.unless {
                    let all = on.asserted.iter().chain([lifting]).map(|key| snapshot.circumstance(key));
                    let again = asked.clone().in_circumstances(all).explain(action, &record).limits;
                    let same = again.iter().find(|it| it.limit == told.limit);
                    prop_assert_eq!(same.map(Restraint::is_in_force), Some(false));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_text_says_what_is_taken_where_and_what_would_lift_it() {
    let vera = || Subject::User("vera".into());
    let limit = || Limit::new("closed", vera());
    let cases = [
        (limit(), "everything, in force"),
        (limit().actions([crm::EXPORT]), "export, in force"),
        (limit().actions([crm::EXPORT, crm::READ]).at([crm::LEAD]), "export and read at lead, in force"),
        (limit().actions_but([crm::READ]), "everything but read, in force"),
        (limit().unless(["office", "phone"]), "everything, unless office or phone, in force"),
        (
            limit().unless(["office"]).when(["phone"]),
            "everything, in phone, unless office, not without phone",
        ),
    ];
    for (limit, expected) in cases {
        let policy = Policy::new(crm::vocabulary().circumstances(["office", "phone"]))
            .role(Role::new("seller").set(crm::DEAL, crm::EXPORT, crm::ALL))
            .assign(Assignment::new("seller", vera()))
            .limit(limit);
        let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("vera"))).unwrap();
        let vera = snapshot.access(snapshot.user("vera"), Moment::from_unix_seconds(0));
        let told = vera.explain(crm::EXPORT, &Record::at(crm::DEAL)).to_string();
        let line = format!("  limit closed on user vera, takes {expected}\n");
        assert!(told.contains(&line), "{told}");
    }
}
