//! Disk and business processes: what their corpus cannot say.

use bailiwick::bizproc::{self, CrmRight, Operation};
use bailiwick::{
    Access, Acl, Assignment, Decision, Denial, Directory, FrozenAcl, Moment, Object, Policy, Record, Role,
    Snapshot, Subject, User, Vocabulary, crm, disk,
};

const AT: Moment = Moment::from_unix_seconds(0);

fn gives(ladder: &bailiwick::Ladder, rung: &str) -> Vec<String> {
    let rung = ladder.rungs.iter().find(|it| it.key == rung.into()).unwrap();
    rung.gives.iter().map(ToString::to_string).collect()
}

/// The order of both ladders follows from what the rungs give.
#[test]
fn rungs_include_each_other_as_the_facts_say() {
    let chain = |ladder: &bailiwick::Ladder, rungs: &[&str]| {
        for pair in rungs.windows(2) {
            let (low, high) = (gives(ladder, pair[0]), gives(ladder, pair[1]));
            assert!(low.iter().all(|it| high.contains(it)) && low.len() < high.len(), "{pair:?}");
        }
    };
    chain(&disk::ladder(), &["read", "add", "edit", "full"]);
    assert_eq!(gives(&disk::ladder(), "sharing"), ["share"]);
    let lists = ["none", "read", "read_in_panel", "add_in_panel", "change_with_limits", "change", "full"];
    chain(&bizproc::lists(), &lists);
    assert_eq!(gives(&bizproc::lists(), "add"), ["create"]);
}

#[test]
fn the_default_lists_are_those_of_the_facts() {
    let user = Subject::User("anna".into());
    assert_eq!(disk::user_storage("anna"), Acl::new().give(disk::FULL, user));
    let codes = |acl: Acl| -> Vec<(String, String)> {
        acl.entries.iter().map(|it| (it.subject.code().unwrap(), it.rung.to_string())).collect()
    };
    let pair = |code: &str, rung: &str| (code.to_owned(), rung.to_owned());
    let group = [pair("SG7_A", "full"), pair("SG7_E", "edit"), pair("SG7_K", "edit")];
    assert_eq!(codes(disk::workgroup_storage(7)), group);
    assert_eq!(codes(disk::application_storage()), [pair("AU", "full")]);
}

#[test]
fn operations_have_the_vendors_ids_and_rights() {
    let rights: Vec<CrmRight> = (0..7).map(|id| Operation::from_id(id).unwrap().crm_right()).collect();
    let (read, update, settings) = (CrmRight::Read, CrmRight::Update, CrmRight::Settings);
    assert_eq!(rights, [read, update, update, read, settings, CrmRight::Automate, settings]);
    assert_eq!(Operation::from_id(7), None);
}

/// One role a right, so that each operation shows which of them it asks.
#[test]
fn operations_on_records_ask_crm() {
    let roles = [
        ("reads", Role::new("reads").set(crm::DEAL, crm::READ, crm::OWN)),
        (
            "writes",
            Role::new("writes").set(crm::DEAL, crm::READ, crm::OWN).set(crm::DEAL, crm::UPDATE, crm::OWN),
        ),
        ("adds", Role::new("adds").set(crm::DEAL, crm::CREATE, crm::OWN)),
        ("sets", Role::new("sets").set(crm::SETTINGS, crm::UPDATE, crm::ALL)),
        ("automates", Role::new("automates").set(crm::DEAL, crm::AUTOMATE, crm::ALL)),
    ];
    let mut policy = Policy::new(crm::vocabulary());
    let mut directory = Directory::new().with(User::new("nobody"));
    for (user, role) in roles {
        policy = policy.role(role).assign(Assignment::new(user, Subject::User(user.into())));
        directory.add(User::new(user));
    }
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let ids = |user: &str, ask: &dyn Fn(&Access<'_>, Operation) -> Decision| -> Vec<usize> {
        let access = snapshot.access(snapshot.user(user), AT);
        (0..7).filter(|id| ask(&access, Operation::from_id(*id).unwrap()).is_allowed()).collect()
    };
    let on_own = |user: &str| {
        let record = Record::at(crm::DEAL).owner(snapshot.user(user));
        ids(user, &|access, operation| bizproc::may_with_record(access, operation, &record))
    };
    let on_type =
        |user: &str| ids(user, &|access, operation| bizproc::may_with_type(access, operation, crm::DEAL));
    assert_eq!(on_own("reads"), [0, 3]);
    assert_eq!(on_own("writes"), [0, 1, 2, 3]);
    assert_eq!(on_own("adds"), [0_usize; 0]);
    assert_eq!(on_own("sets"), [4, 5, 6], "the administrator of CRM automates too");
    assert_eq!(on_own("automates"), [5]);
    assert_eq!(on_own("nobody"), [0_usize; 0]);
    assert_eq!(on_type("reads"), [0, 3]);
    assert_eq!(on_type("writes"), [0, 3], "the kind asks for adding and not for changing");
    assert_eq!(on_type("adds"), [1, 2]);
    assert_eq!(on_type("sets"), [4, 5, 6]);
    assert_eq!(on_type("automates"), [5]);
    let others = Record::at(crm::DEAL).owner(snapshot.user("nobody"));
    let access = snapshot.access(snapshot.user("writes"), AT);
    let decision = bizproc::may_with_record(&access, Operation::WriteDocument, &others);
    assert_eq!(decision, Decision::Denied(Denial::OutOfReach), "the author is who is responsible");
}

#[test]
fn states_restrict_and_virtual_documents_fall_back_to_their_author() {
    let directory = Directory::new()
        .with(User::new("anna"))
        .with(User::new("boris"))
        .with(User::new("root").administrator());
    let policy = Policy::new(Vocabulary::new().ladder(bizproc::states()));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let of = |user: &str| Subject::User(user.into());
    let state = |acl: Acl| snapshot.acl(bizproc::STATES, &acl);
    let reads = state(Acl::new().give(bizproc::CAN_READ, of("boris")));
    let creates = state(Acl::new().give(bizproc::CAN_ADD, Subject::Author));
    let nobody = FrozenAcl::empty();
    let anna = snapshot.user("anna");
    let ids = |user: &str, running: &[Option<&FrozenAcl>]| -> Vec<usize> {
        let access = snapshot.access(snapshot.user(user), AT);
        let may = |id: &usize| {
            let operation = Operation::from_id(*id).unwrap();
            bizproc::may_with_virtual(&access, operation, running.iter().copied(), anna).is_allowed()
        };
        (0..7).filter(may).collect()
    };
    for unrestricted in [&[][..], &[None][..], &[None, None][..]] {
        assert_eq!(ids("anna", unrestricted), [0, 1, 2, 3], "without permissions only the author may");
        assert_eq!(ids("boris", unrestricted), [0_usize; 0]);
        assert_eq!(ids("root", unrestricted), [0, 1, 2, 3], "templates are nobody's");
    }
    assert_eq!(ids("anna", &[Some(&nobody)]), [0_usize; 0], "an empty list is nobody's");
    assert_eq!(ids("boris", &[Some(&reads)]), [0, 3]);
    assert_eq!(
        ids("anna", &[Some(&reads), None]),
        [0_usize; 0],
        "a state that restricts does, beside one that does not"
    );
    assert_eq!(ids("anna", &[Some(&reads), Some(&creates)]), [1, 2], "they unite");
    assert_eq!(ids("boris", &[Some(&reads), Some(&creates)]), [0, 3]);
    let access = snapshot.access(snapshot.user("boris"), AT);
    assert!(bizproc::in_states(&access, [None], anna).is_none());
    assert!(bizproc::in_states(&access, [Some(&nobody)], anna).is_some_and(bailiwick::ActionSet::is_empty));
}

/// A ladder joins a vocabulary that has some of its actions already.
#[test]
fn crm_and_a_disk_live_in_one_vocabulary() {
    let policy = Policy::new(crm::vocabulary().ladder(disk::ladder()).ladder(bizproc::lists()));
    let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna"))).unwrap();
    let access = snapshot.access(snapshot.user("anna"), AT);
    let storage = snapshot.acl(disk::DISK, &disk::user_storage("anna"));
    let own = Object::new(&storage);
    assert!(access.acl(disk::DISK).below([]).check(disk::READ, &own).is_allowed());
    assert!(access.check(crm::READ, &Record::at(crm::DEAL)).is_denied());
    let by_another = access.acl(bizproc::LISTS).below([]).actions(&own);
    assert!(by_another.is_empty(), "an entry of one ladder says nothing on another");
}
