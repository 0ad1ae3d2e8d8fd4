//! Corners, each with the smallest world that shows it.

use bailiwick::{
    Access, Assignment, Creation, Denial, Department, Directory, Entity, Level, Moment, Offer, PartyRule,
    Pipeline, Place, Policy, Record, Relations, Responsible, Role, Snapshot, Subject, Targets, User,
    Vocabulary,
};

/// One entity, "case", with these offers; the levels none, own and all; the parties responsible and observer.
fn vocabulary(offers: impl IntoIterator<Item = Offer>) -> Vocabulary {
    let entity = offers
        .into_iter()
        .fold(Entity::new("case"), |entity, offer| entity.offer(offer.levels(["none", "own", "all"])));
    Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "create", "update", "configure"])
        .entity(entity)
}

fn compile(policy: &Policy, directory: &Directory) -> Snapshot {
    Snapshot::compile(policy, directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn access<'s>(snapshot: &'s Snapshot, user: &str) -> Access<'s> {
    snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0))
}

#[test]
fn an_employee_is_reached_as_such_and_an_outsider_is_not() {
    let directory = Directory::new()
        .with(Department::new("office"))
        .with(Department::new("archive").head("head"))
        .with(User::new("outsider"))
        .with(User::new("clerk").sits_in("office"))
        .with(User::new("head"));
    for (user, expected) in [("clerk", true), ("head", true), ("outsider", false)] {
        let policy = Policy::new(vocabulary([Offer::new("read")]))
            .role(Role::new("reader").set("case", "read", "all"))
            .assign(Assignment::new("reader", Subject::Employee(user.into())));
        let snapshot = compile(&policy, &directory);
        let record = Record::at(snapshot.entity("case"));
        for viewer in ["clerk", "head", "outsider"] {
            let answer = access(&snapshot, viewer).check(snapshot.action("read"), &record);
            assert_eq!(answer.is_allowed(), expected && viewer == user, "given to {user}, asked by {viewer}");
        }
    }
}

/// Section 2.6 of the rights model: a new record stands in no relation to anybody, so what observers may do whatever the
/// stage says helps nobody to create one.
#[test]
fn what_stands_whatever_the_stage_says_does_not_help_to_create() {
    let create = Offer::new("create").standing(Relations::OBSERVED).requires("read");
    let read = Offer::new("read").standing(Relations::OBSERVED);
    let mut vocabulary = vocabulary([create, read]);
    vocabulary.entities[0].pipelines.push(Pipeline::new("only", ["first", "last"]));
    vocabulary.entities[0].creates_by = Some("create".into());
    let last = || Place::entity("case").pipeline("only").stage("last");
    let role = Role::new("clerk").set("case", "create", "own").set("case", "read", "own");
    for (silenced, denial) in [("create", Denial::NothingGiven), ("read", Denial::Prerequisite)] {
        let policy = Policy::new(vocabulary.clone())
            .role(role.clone().set(last(), silenced, "none"))
            .assign(Assignment::new("clerk", Subject::SignedIn));
        let snapshot = compile(&policy, &Directory::new().with(User::new("clerk")));
        let creation =
            |stage| access(&snapshot, "clerk").create(snapshot.place(snapshot.entity("case"), "only", stage));
        assert_eq!(creation("first"), Creation::Allowed(Responsible::Author), "{silenced}");
        assert_eq!(creation("last"), Creation::Denied(denial), "{silenced}");
    }
}

/// Whoever may read some record of an entity enters it, whatever gave him the right.
#[test]
fn a_settings_right_that_includes_reading_lets_in() {
    let offers = [Offer::new("read").by_settings().standing(Relations::OBSERVED), Offer::new("configure")];
    let mut vocabulary = vocabulary(offers);
    vocabulary.entities[0] =
        vocabulary.entities[0].clone().settings("case", "configure").reads_by("read").admits_to_application();
    let policy = Policy::new(vocabulary)
        .role(Role::new("boss").set("case", "configure", "own"))
        .assign(Assignment::new("boss", Subject::User("boss".into())));
    let snapshot = compile(&policy, &Directory::new().with(User::new("boss")).with(User::new("clerk")));
    for (user, allowed) in [("boss", true), ("clerk", false)] {
        let access = access(&snapshot, user);
        let case = snapshot.entity("case");
        assert_eq!(access.check(snapshot.action("read"), &Record::at(case)).is_allowed(), allowed, "{user}");
        assert_eq!(access.enters(case).is_allowed(), allowed, "{user}");
        assert_eq!(access.enters_application().is_allowed(), allowed, "{user}");
    }
}

/// The stages that a clerk may move a record to from the first of three, if he holds these roles.
fn leads_to(roles: impl IntoIterator<Item = Role>) -> Vec<String> {
    let mut vocabulary = vocabulary([Offer::new("update")]);
    vocabulary.entities[0].pipelines.push(Pipeline::new("only", ["first", "second", "third"]));
    vocabulary.entities[0].updates_by = Some("update".into());
    let mut policy = Policy::new(vocabulary);
    for role in roles {
        policy = policy.assign(Assignment::new(&role.key, Subject::SignedIn));
        policy = policy.role(role.set("case", "update", "all"));
    }
    let snapshot = compile(&policy, &Directory::new().with(User::new("clerk")));
    let first = snapshot.place(snapshot.entity("case"), "only", "first");
    let reachable = access(&snapshot, "clerk").reachable_stages(&Record::at(first));
    let places = reachable.into_iter().flat_map(|stage| snapshot.place_of(stage));
    places.flat_map(|place| place.stage_key()).map(ToString::to_string).collect()
}

/// Section 2.7 of the rights model: transitions are inherited and combined as rights are, list by list.
#[test]
fn transitions_unite_where_they_are_equally_near() {
    let first = || Place::entity("case").pipeline("only").stage("first");
    let role = |key: &str, from: Place, to: &[&str]| {
        Role::new(key).set_transition(from, Targets::stages(to.iter().copied()))
    };
    let case = || Place::entity("case");
    assert_eq!(leads_to([Role::new("silent")]), ["first"], "no transition, no move");
    assert_eq!(leads_to([role("a", case(), &["second"])]), ["first", "second"]);
    assert_eq!(leads_to([role("a", case(), &["second"]), role("b", case(), &[])]), ["first", "second"]);
    assert_eq!(
        leads_to([role("a", case(), &["second"]), role("b", case(), &["third"])]),
        ["first", "second", "third"]
    );
    assert_eq!(
        leads_to([role("a", case(), &["second"]), role("b", case(), &["second"])]),
        ["first", "second"]
    );
    assert_eq!(
        leads_to([role("a", case(), &["second"]), role("b", first(), &["third"])]),
        ["first", "third"]
    );
    assert_eq!(leads_to([role("a", case(), &["second"]), role("b", first(), &[])]), ["first"]);
    let any = Role::new("any").set_transition(case(), Targets::Any);
    assert_eq!(leads_to([any.clone(), role("b", case(), &["third"])]), ["first", "second", "third"]);
    assert_eq!(leads_to([any, role("b", first(), &["third"])]), ["first", "third"]);
}
