//! Every question has an answer. What is unknown is denied, with the reason; nothing panics, and nothing is allowed by
//! accident.

use bailiwick::{
    Access, Action, Assignment, Creation, Decision, Denial, Directory, Entity, Flag, Handle, KeyRef, Level,
    Moment, Name, Offer, Party, PartyRule, Pipeline, Place, PlaceName, Policy, Record, Relations, Role,
    Snapshot, Subject, User, Vocabulary,
};

/// A world in which every signed-in user may do everything that there is.
fn generous() -> Snapshot {
    let all = |action: &str| Offer::new(action).levels(["all"]);
    let entity = |key: &str| {
        Entity::new(key)
            .offer(all("read"))
            .offer(all("create"))
            .offer(all("update"))
            .reads_by("read")
            .creates_by("create")
            .updates_by("update")
            .admits_to_application()
            .moves_freely()
            .pipeline(Pipeline::new("general", ["new", "won"]))
            .pipeline(Pipeline::new("partner", ["new"]))
    };
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "create", "update", "idle"])
        .entity(entity("deal"))
        .entity(entity("task"))
        .entity(Entity::new("bare").offer(all("update")));
    let mut role = Role::new("everything");
    for entity in ["deal", "task"] {
        role = role.set(entity, "read", "all").set(entity, "create", "all").set(entity, "update", "all");
    }
    let policy = Policy::new(vocabulary)
        .role(role.set("bare", "update", "all"))
        .assign(Assignment::new("everything", Subject::SignedIn));
    let directory = Directory::new()
        .with(User::new("anna"))
        .with(User::new("gone").dismissed())
        .with(User::new("chief").administrator());
    Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn denied(denial: Denial) -> Decision {
    Decision::Denied(denial)
}

fn now() -> Moment {
    Moment::from_unix_seconds(0)
}

/// Every question about a record at this place and this action.
fn decisions(
    access: &Access<'_>,
    action: Handle<Action>,
    place: Handle<Place>,
    to: Handle<Place>,
) -> [Decision; 6] {
    let record = Record::at(place);
    let creation = match access.create(place) {
        Creation::Allowed(_) => Decision::Allowed,
        Creation::Denied(denial) => denied(denial),
    };
    let all = access.actions(&record);
    assert!(!all.contains(Handle::unknown()));
    assert_eq!(all.contains(action), access.check(action, &record).is_allowed());
    [
        access.check(action, &record),
        creation,
        access.relocate(&record, to),
        access.may_reassign(&record),
        access.enters(place),
        access.enters_application(),
    ]
}

#[test]
fn nobody_is_denied_everything_whatever_else_is_wrong() {
    let snapshot = generous();
    let deal = snapshot.entity("deal").into();
    let won = snapshot.place(deal, "general", "won");
    let read = snapshot.action("read").into();
    for (user, denial) in [
        (Handle::unknown(), Denial::UnknownUser),
        (snapshot.user("nobody").into(), Denial::UnknownUser),
        (snapshot.user("").into(), Denial::UnknownUser),
        (snapshot.user(KeyRef::ABSENT).into(), Denial::UnknownUser),
        (snapshot.user(u32::MAX).into(), Denial::UnknownUser),
        (Name::<User>::new("nobody").into(), Denial::UnknownUser),
        (snapshot.user("gone").into(), Denial::Dismissed),
    ] {
        for at in [Moment::MIN, now(), Moment::MAX] {
            let access = snapshot.access(user, at);
            assert_eq!(decisions(&access, read, won, won), [denied(denial); 6]);
            assert_eq!(decisions(&access, Handle::unknown(), Handle::unknown(), deal), [denied(denial); 6]);
            assert!(access.actions(&Record::at(won)).is_empty());
            assert!(access.reachable_stages(&Record::at(won)).is_empty());
        }
    }
}

#[test]
fn nowhere_is_denied_to_everybody_known() {
    let snapshot = generous();
    let won = snapshot.place(snapshot.entity("deal"), "general", "won");
    let read: Handle<Action> = snapshot.action("read").into();
    let nowhere = [
        Handle::unknown(),
        snapshot.entity("nothing").into(),
        snapshot.place(snapshot.entity("nothing"), "general", "won"),
        PlaceName::entity("nothing").into(),
        PlaceName::entity("deal").pipeline("nothing").into(),
        PlaceName::entity("deal").pipeline("general").stage("nothing").into(),
    ];
    for user in ["anna", "chief"] {
        let access = snapshot.access(snapshot.user(user), now());
        for place in nowhere {
            let record = Record::at(place).owner(snapshot.user(user));
            let expected = denied(Denial::UnknownPlace);
            assert_eq!(decisions(&access, read, place, won)[..5], [expected; 5]);
            assert_eq!(access.check(Handle::unknown(), &record), expected, "the place comes first");
            assert_eq!(access.relocate(&Record::at(won), place), expected);
            assert!(access.actions(&record).is_empty());
            assert!(access.reachable_stages(&record).is_empty());
        }
    }
}

#[test]
fn unknown_and_unoffered_actions_are_told_apart() {
    let snapshot = generous();
    let (deal, bare) = (snapshot.entity("deal"), snapshot.entity("bare"));
    for user in ["anna", "chief"] {
        let access = snapshot.access(snapshot.user(user), now());
        for unknown in [Handle::unknown(), snapshot.action("fly").into(), Name::<Action>::new("fly").into()] {
            assert_eq!(access.check(unknown, &Record::at(deal)), denied(Denial::UnknownAction));
        }
        assert_eq!(access.check(snapshot.action("idle"), &Record::at(deal)), denied(Denial::NotOffered));
        assert_eq!(access.check(snapshot.action("read"), &Record::at(bare)), denied(Denial::NotOffered));
        assert_eq!(access.enters(bare), denied(Denial::NotOffered));
        assert_eq!(access.create(bare), Creation::Denied(Denial::NotOffered));
        assert_eq!(access.may_reassign(&Record::at(bare)), denied(Denial::NotOffered));
        assert_eq!(access.relocate(&Record::at(bare), deal), denied(Denial::NotOffered));
        assert!(access.reachable_stages(&Record::at(bare)).is_empty());
    }
}

#[test]
fn a_record_moves_to_a_stage_of_its_own_entity_or_not_at_all() {
    let snapshot = generous();
    let deal = snapshot.entity("deal");
    let place = |pipeline: Option<&str>, stage: Option<&str>| snapshot.place(deal, pipeline, stage);
    let new = place(Some("general"), Some("new"));
    for user in ["anna", "chief"] {
        let access = snapshot.access(snapshot.user(user), now());
        let record = Record::at(new);
        for (to, expected) in [
            (place(Some("general"), Some("won")), Decision::Allowed),
            (place(Some("partner"), Some("new")), Decision::Allowed),
            (new, Decision::Allowed),
            (place(Some("general"), None), denied(Denial::NoTransition)),
            (place(Some("general"), Some("gone")), denied(Denial::NoTransition)),
            (place(None, None), denied(Denial::NoTransition)),
            (snapshot.place(snapshot.entity("task"), "general", "won"), denied(Denial::NoTransition)),
        ] {
            assert_eq!(access.relocate(&record, to), expected, "{:?}", snapshot.place_of(to));
        }
        assert_eq!(access.reachable_stages(&record).len(), 3);
        assert_eq!(access.reachable_stages(&Record::at(deal)).len(), 3, "from nowhere in particular");
    }
}

/// What a record says in slots that the vocabulary has not named helps nobody.
#[test]
fn undeclared_parties_and_flags_are_ignored() {
    let own = |level| Role::new("clerk").set("case", "read", level);
    let entity = Entity::new("case").offer(Offer::new("read").levels(["own", "open"]));
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN))
        .flag("open")
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("open", Flag::nth(0).relation()))
        .actions(["read"])
        .entity(entity);
    for level in ["own", "open"] {
        let policy = Policy::new(vocabulary.clone())
            .role(own(level))
            .assign(Assignment::new("clerk", Subject::SignedIn));
        let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna"))).unwrap();
        let (anna, read) = (snapshot.user("anna"), snapshot.action("read"));
        let access = snapshot.access(anna, now());
        let participants: Vec<_> = (1..8).map(|number| Party::nth(number).is(anna)).collect();
        let bound = Record::at(snapshot.entity("case")).participants(&participants);
        let flagged = (1..8).fold(bound, |record, number| record.flag(Flag::nth(number)));
        assert_eq!(access.check(read, &flagged), denied(Denial::OutOfReach));
        let strangers = [Party::OWNER.is(Handle::unknown()), Party::OWNER.is(snapshot.user("nobody"))];
        assert_eq!(access.check(read, &flagged.participants(&strangers)), denied(Denial::OutOfReach));
        assert!(access.check(read, &flagged.owner(anna).flag(Flag::nth(0))).is_allowed());
    }
}

/// A visitor is not the person whom nobody knows: a record whose owner is unknown is not his.
#[test]
fn an_unknown_owner_is_not_a_visitor() {
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .level(Level::new("own", Relations::OWN | Relations::BY_DEPARTMENT | Party::OWNER.relation()))
        .actions(["read"])
        .entity(Entity::new("case").offer(Offer::new("read").levels(["own"])));
    let policy = Policy::new(vocabulary)
        .role(Role::new("anyone").set("case", "read", "own"))
        .assign(Assignment::new("anyone", Subject::Everyone));
    let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna"))).unwrap();
    let access = snapshot.anonymous_access(now());
    for owner in [Handle::unknown(), snapshot.user("nobody").into(), snapshot.user("anna").into()] {
        let record = Record::at(snapshot.entity("case")).owner(owner);
        assert_eq!(access.check(snapshot.action("read"), &record), denied(Denial::OutOfReach));
    }
}

#[test]
fn an_empty_world_has_answers() {
    let snapshot = Snapshot::compile(&Policy::default(), &Directory::new()).unwrap();
    let access = snapshot.anonymous_access(now());
    let nowhere = denied(Denial::UnknownPlace);
    assert_eq!(
        decisions(&access, Handle::unknown(), Handle::unknown(), Handle::unknown()),
        [nowhere, nowhere, nowhere, nowhere, nowhere, denied(Denial::NothingGiven)]
    );
    assert_eq!(snapshot.users().len(), 0);
    assert_eq!(snapshot.place_of(Handle::unknown()), None);
    assert_eq!((snapshot.party("responsible"), snapshot.flag("open")), (None, None));
    assert_eq!(snapshot.user_key(Handle::unknown()), None);
}

/// The hash in a handle of nothing belongs to nothing. The keys were searched for: FNV-1a gives them zero.
#[test]
fn no_key_is_what_the_unknown_handle_means() {
    for key in ["ppkttia", "ajhbbste", "akguxgwa", "alcburbx"] {
        let vocabulary = Vocabulary::new()
            .level(Level::new("all", Relations::ALWAYS))
            .actions([key])
            .entity(Entity::new(key).offer(Offer::new(key).levels(["all"])).reads_by(key).creates_by(key));
        let policy = Policy::new(vocabulary)
            .role(Role::new(key).set(key, key, "all"))
            .assign(Assignment::new(key, Subject::Everyone));
        let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new(key))).unwrap();
        let access = snapshot.access(snapshot.user(key), now());
        let (entity, action) = (snapshot.entity(key), snapshot.action(key));
        assert_eq!(access.check(Handle::unknown(), &Record::at(entity)), denied(Denial::UnknownAction));
        assert_eq!(access.check(action, &Record::at(Handle::unknown())), denied(Denial::UnknownPlace));
        assert_eq!(access.create(Handle::unknown()), Creation::Denied(Denial::UnknownPlace));
        assert!(!access.actions(&Record::at(entity)).contains(Handle::unknown()));
        assert_eq!(snapshot.place_of(Handle::unknown()), None);
        assert!(access.check(action, &Record::at(entity)).is_allowed());
        let (name, place) = (Name::<Action>::new(key), PlaceName::entity(key));
        assert!(access.check(name, &Record::at(place)).is_allowed(), "{key} by its name");
    }
}
