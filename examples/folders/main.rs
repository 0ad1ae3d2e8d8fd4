//! A small shared disk.
//!
//! **Need.** A firm keeps its papers in folders. Most of them everybody may read; some are a team's, one is closed again, some
//! files are shared with a single person or with a customer. A listing must show what its reader may open, with the right
//! buttons, and when somebody asks why he cannot open a file there must be an answer.
//!
//! **Shape.** The application keeps the tree and the lists of its folders; the library keeps none. A list is frozen when it is
//! loaded, and a folder's chain is walked once for all that lies in it. What is printed is also asserted.
//!
//! **Run.** `cargo run --example folders`

#![allow(clippy::print_stdout, reason = "an example shows its answers")]

use std::error::Error;

use bailiwick::{
    Access, Acl, AclEntry, Decision, Department, Directory, FrozenAcl, Handle, Inherited, Moment, Needless,
    Object, Policy, Snapshot, SocialGroup, Subject, User, Vocabulary, disk,
};

const TODAY: Moment = Moment::from_unix_seconds(1_785_542_400);
const PEOPLE: [&str; 6] = ["anna", "boris", "hanna", "clara", "guest", "root"];

fn directory() -> Directory {
    Directory::new()
        .with(Department::new("company"))
        .with(Department::new("sales").below("company").head("hanna"))
        .with(Department::new("service").below("company"))
        .with(User::new("anna").sits_in("sales"))
        .with(User::new("boris").sits_in("sales"))
        .with(User::new("hanna").sits_in("sales"))
        .with(User::new("clara").sits_in("service"))
        .with(User::new("guest"))
        .with(User::new("root").administrator())
        .with(SocialGroup::new("fair", "clara").member("anna").member("guest"))
}

/// One row of the application's table of objects, with its list from the table of rights.
struct Node {
    title: &'static str,
    /// The row that it lies in; none, for a storage.
    inside: Option<usize>,
    author: &'static str,
    acl: Acl,
    frozen: FrozenAcl,
}

/// The tree, each row after the one that it lies in.
fn tree(snapshot: &Snapshot) -> Vec<Node> {
    let node = |title, inside, author, acl: Acl| {
        let frozen = snapshot.acl(disk::DISK, &acl);
        Node { title, inside, author, acl, frozen }
    };
    let company = || Subject::DepartmentTree("company".into());
    let sales = || Subject::Department("sales".into());
    let user = |key: &str| Subject::User(key.into());
    let shared = |rung, to| Acl::new().entry(AclEntry::positive(rung, to).from_origin(disk::SHARING));
    vec![
        node(
            "common",
            None,
            "root",
            Acl::new().give(disk::CAN_READ, company()).give(disk::FULL, Subject::Author),
        ),
        node("sales", Some(0), "hanna", Acl::new().give(disk::CAN_EDIT, sales())),
        node("price list", Some(1), "boris", Acl::new()),
        node(
            "margins",
            Some(1),
            "hanna",
            Acl::new().cancel(disk::CAN_READ, company()).cancel(disk::CAN_EDIT, sales()),
        ),
        node("last year", Some(3), "hanna", shared(disk::CAN_READ, user("boris"))),
        node("offer", Some(1), "anna", shared(disk::CAN_READ, user("guest"))),
        node("the fair", None, "clara", disk::workgroup_storage("fair")),
        node("stand", Some(6), "guest", Acl::new()),
        node("annas own", None, "anna", disk::user_storage("anna")),
        node("draft", Some(8), "anna", Acl::new()),
    ]
}

/// The rows from a storage down to this one, by number.
fn chain(tree: &[Node], at: usize) -> Vec<&Node> {
    let mut chain: Vec<&Node> = std::iter::successors(tree.get(at), |node| tree.get(node.inside?)).collect();
    chain.reverse();
    chain
}

fn access<'s>(snapshot: &'s Snapshot, user: &str) -> Access<'s> {
    snapshot.access(snapshot.user(user), TODAY)
}

/// The object, and what is passed on to it.
fn ask<T>(
    snapshot: &Snapshot,
    tree: &[Node],
    user: &str,
    title: &str,
    question: impl FnOnce(&Inherited<'_, '_>, &Object<'_>) -> T,
) -> Option<T> {
    let at = tree.iter().position(|node| node.title == title)?;
    let mut chain = chain(tree, at);
    let node = chain.pop()?;
    let acl = access(snapshot, user).acl(disk::DISK);
    let here = acl.below(chain.iter().map(|above| &above.frozen));
    Some(question(&here, &Object::new(&node.frozen).author(snapshot.user(node.author))))
}

fn may(
    snapshot: &Snapshot,
    tree: &[Node],
    user: &str,
    action: bailiwick::Name<bailiwick::Action>,
    title: &str,
) -> bool {
    ask(snapshot, tree, user, title, |here, object| here.check(action, object))
        .is_some_and(Decision::is_allowed)
}

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::new(Vocabulary::new().ladder(disk::ladder()));
    let snapshot = Snapshot::compile(&policy, &directory())?;
    let tree = tree(&snapshot);
    who_may_what(&snapshot, &tree);
    a_listing(&snapshot, &tree);
    moving_and_sharing(&snapshot, &tree);
    why(&snapshot, &tree);
    after_a_move(&tree);
    Ok(())
}

fn who_may_what(snapshot: &Snapshot, tree: &[Node]) {
    println!("Who reads (r), edits (e), moves to the bin (d), destroys (x), shares (s)\n");
    println!("{:>22}  {}", "", PEOPLE.map(|who| format!("{who:<7}")).join(""));
    for (at, node) in tree.iter().enumerate() {
        let marks = PEOPLE.map(|who| {
            let actions = [
                (disk::READ, 'r'),
                (disk::EDIT, 'e'),
                (disk::DELETE, 'd'),
                (disk::DESTROY, 'x'),
                (disk::SHARE, 's'),
            ];
            let mark =
                |(action, letter)| if may(snapshot, tree, who, action, node.title) { letter } else { '.' };
            format!("{}  ", String::from_iter(actions.map(mark)))
        });
        let indent = "  ".repeat(chain(tree, at).len() - 1);
        println!("  {:<20}  {}", format!("{indent}{}", node.title), marks.join(""));
    }
    let reads = |who, title| may(snapshot, tree, who, disk::READ, title);
    let edits = |who, title| may(snapshot, tree, who, disk::EDIT, title);
    assert!(reads("clara", "price list") && !edits("clara", "price list"), "the company reads, sales edits");
    assert!(edits("anna", "price list") && !reads("guest", "price list"));
    assert!(may(snapshot, tree, "boris", disk::DESTROY, "price list"), "its author has everything");
    assert!(!reads("boris", "margins") && reads("hanna", "margins"), "closed again, but for its author");
    assert!(reads("boris", "last year"), "shared below what is closed to him");
    assert!(reads("guest", "offer") && !reads("guest", "sales"), "a right on a child opens no parent");
    assert!(edits("guest", "stand") && !reads("hanna", "stand"), "a group's storage is the group's");
    assert!(!reads("hanna", "draft"), "a head does not get at an employee's own storage");
    assert!(PEOPLE.iter().all(|who| reads(who, "draft") == ["anna", "root"].contains(who)));
}

fn a_listing(snapshot: &Snapshot, tree: &[Node]) {
    println!("\nWhat the folder `sales` shows to whom\n");
    let shows = |who: &str| -> Vec<&str> {
        let acl = access(snapshot, who).acl(disk::DISK);
        let folder = acl.below(chain(tree, 1).iter().map(|above| &above.frozen));
        let children: Vec<&Node> = tree.iter().filter(|node| node.inside == Some(1)).collect();
        let rows = children.iter().map(|node| Object::new(&node.frozen).author(snapshot.user(node.author)));
        let listed = children.iter().zip(folder.check_each(disk::READ, rows));
        listed.filter(|(_, decision)| decision.is_allowed()).map(|(node, _)| node.title).collect()
    };
    for who in PEOPLE {
        println!("{who:>10}  {}", shows(who).join(", "));
    }
    assert_eq!(shows("boris"), ["price list", "offer"]);
    assert_eq!(shows("guest"), ["offer"], "he meets it through a link; the folder itself stays closed");
    assert_eq!(shows("root").len(), 3);
}

fn moving_and_sharing(snapshot: &Snapshot, tree: &[Node]) {
    println!("\nMay they move the offer to the fair, and share it for editing?\n");
    let fair = tree.iter().find(|node| node.title == "the fair");
    let moves = |who: &str| {
        let acl = access(snapshot, who).acl(disk::DISK);
        let into = Object::new(&fair?.frozen);
        ask(snapshot, tree, who, "offer", |here, offer| here.may_move(offer, &acl.below([]), &into))
    };
    let shares =
        |who: &str| ask(snapshot, tree, who, "offer", |here, offer| here.may_share(offer, disk::CAN_EDIT));
    for who in PEOPLE {
        let told = |decision: Option<Decision>| decision.map_or_else(String::new, |it| it.to_string());
        println!("{who:>10}  move: {:<60} share: {}", told(moves(who)), told(shares(who)));
    }
    let is = |decision: Option<Decision>| decision.is_some_and(Decision::is_allowed);
    assert!(is(moves("anna")) && !is(moves("boris")), "he edits here and adds nothing there");
    assert!(is(shares("anna")) && !is(shares("boris")), "only its author shares it");
}

fn why(snapshot: &Snapshot, tree: &[Node]) {
    println!("\nWhy boris cannot open the margins\n");
    let lists = chain(tree, 3).into_iter().map(|node| &node.acl);
    let why = access(snapshot, "boris").acl(disk::DISK).explain(disk::READ, lists, Handle::unknown());
    print!("{why}");
    assert!(
        why.to_string().contains("edit to department sales: sits in sales; cancelled by entry 1 of list 2")
    );
}

fn after_a_move(tree: &[Node]) {
    println!("\nWhat is left of the list of the margins when they are moved to the fair\n");
    let (Some(margins), Some(fair)) = (tree.get(3), tree.get(6)) else { return };
    let mut acl = margins.acl.clone();
    let dropped = acl.settle(&[&fair.acl]);
    for it in &dropped {
        println!("   dropped  {} ({})", it.entry, it.because.code());
    }
    assert!(acl.entries.is_empty() && dropped.iter().all(|it| it.because == Needless::Orphan));
}
