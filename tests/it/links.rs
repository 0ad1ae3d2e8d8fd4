//! Links in a filter, as text, JSON and SQL; what a mapping needs for them; and as a reason.

use bailiwick::sql::{Column, Dialect, FlagColumn, Linked, Mapping, MappingBuilder, MappingProblem};
use bailiwick::{
    Access, Assignment, Directory, Entity, Filter, Level, Moment, Offer, Opening, PartyRule, Policy, Record,
    Relations, Role, Snapshot, Subject, User, Vocabulary,
};

/// Chats, which whoever reads the case that they are about may read, and whoever works on it may close.
fn snapshot() -> Snapshot {
    let levels = ["own", "open", "all"];
    let offer = |action: &str| Offer::new(action).levels(levels);
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN))
        .flag("public")
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("open", Relations::OWN | bailiwick::Flag::nth(0).relation()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "work", "close"])
        .entity(Entity::new("case").offer(offer("read")).offer(offer("work")))
        .entity(
            Entity::new("chat")
                .offer(offer("read").through("case", "read"))
                .offer(offer("close").through("case", "work").requires("read")),
        );
    let policy = Policy::new(vocabulary)
        .role(
            Role::new("clerk")
                .set("case", "read", "open")
                .set("chat", "read", "own")
                .set("case", "work", "own"),
        )
        .role(Role::new("reader").set("case", "read", "all"))
        .assign(Assignment::new("clerk", Subject::User(1.into())))
        .assign(Assignment::new("reader", Subject::User(2.into())));
    let directory = (1..=3).fold(Directory::new(), |directory, user| directory.with(User::new(user)));
    Snapshot::compile(&policy, &directory).unwrap()
}

fn access(snapshot: &Snapshot, user: i64) -> Access<'_> {
    snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0))
}

fn filter(snapshot: &Snapshot, user: i64, action: &str) -> Filter {
    access(snapshot, user).filter(snapshot.action(action), snapshot.entity("chat"))
}

#[test]
fn filters_say_it_in_words() {
    let snapshot = snapshot();
    let said = |user, action| filter(&snapshot, user, action).to_string();
    assert_eq!(said(1, "read"), "owner is 1 or linked to a case (public or owner is 1)");
    assert_eq!(said(2, "read"), "linked to a case");
    assert_eq!(said(3, "read"), "nothing");
    let close = "owner is 1 or linked to a case (public or owner is 1), and linked to a case (owner is 1)";
    assert_eq!(said(1, "close"), close);
    assert_eq!(said(2, "close"), "nothing", "reading a case is not working on it");
}

#[cfg(feature = "document")]
#[test]
fn filters_print_as_json() {
    let snapshot = snapshot();
    let json = |user| filter(&snapshot, user, "read").to_json().split_whitespace().collect::<String>();
    let kept = r#"{"linked":{"entity":"case","keeps":{"any_of":[{"all":[[{"flag":"public"},{"party_is":"#;
    assert!(json(1).contains(kept), "{}", json(1));
    assert!(json(2).contains(r#"{"linked":{"entity":"case","keeps":"everything"}}"#), "{}", json(2));
}

#[test]
fn a_filter_matches_records_in_memory() {
    let snapshot = snapshot();
    let case = Record::at(snapshot.entity("case")).owner(snapshot.user(1));
    let chat = Record::at(snapshot.entity("chat"));
    let (links, to_chat) = ([Opening::Linked(&case)], [Opening::Linked(&chat)]);
    for user in 1..=3 {
        for action in ["read", "close"] {
            for record in [chat, chat.openings(&links), chat.openings(&to_chat)] {
                let kept = filter(&snapshot, user, action).matches(&snapshot, &record);
                let allowed = access(&snapshot, user).check(snapshot.action(action), &record).is_allowed();
                assert_eq!(kept, allowed, "{user} {action} {record:?}");
            }
        }
    }
    assert!(filter(&snapshot, 1, "close").matches(&snapshot, &chat.openings(&links)));
}

fn of<'s>(snapshot: &'s Snapshot, entity: &str, table: &str, dialect: Dialect) -> MappingBuilder<'s> {
    Mapping::of(snapshot, snapshot.entity(entity), dialect, table)
        .party("owner", Column::integer("owner_id"))
        .flag("public", FlagColumn::boolean("public"))
}

fn cases(snapshot: &Snapshot) -> Mapping {
    of(snapshot, "case", "cases", Dialect::Sqlite).record(Column::integer("id")).build().unwrap()
}

fn codes(builder: MappingBuilder<'_>) -> Vec<&'static str> {
    builder
        .build()
        .map_or_else(|problems| problems.iter().map(MappingProblem::code).collect(), |_| Vec::new())
}

#[test]
fn a_mapping_needs_its_links() {
    let snapshot = snapshot();
    let chats = || of(&snapshot, "chat", "chats", Dialect::Sqlite);
    let linked = |column| Linked::new(column, cases(&snapshot));
    assert_eq!(codes(chats()), ["link-missing"]);
    assert_eq!(codes(chats().linked(linked(Column::integer("case_id")))), [""; 0]);
    assert_eq!(codes(chats().linked(linked(Column::text("case_id")))), ["types-differ"]);
    assert_eq!(codes(chats().linked(linked(Column::integer("")))), ["unusable-name"]);
    let keyless = of(&snapshot, "case", "cases", Dialect::Sqlite).build().unwrap();
    assert_eq!(
        codes(chats().linked(Linked::new(Column::integer("case_id"), keyless))),
        ["linked-record-missing"]
    );
    let other = of(&snapshot, "chat", "chats", Dialect::Postgres);
    assert_eq!(codes(other.linked(linked(Column::integer("case_id")))), ["dialects-differ"]);
    let chat = of(&snapshot, "case", "cases", Dialect::Sqlite);
    assert_eq!(codes(chat), [""; 0], "cases are linked to nothing");
}

#[test]
fn a_link_is_a_sub_select() {
    let snapshot = snapshot();
    let by =
        Linked::new(Column::integer("about_id"), cases(&snapshot)).only(Column::integer("about_kind"), 7);
    let chats = of(&snapshot, "chat", "chats", Dialect::Sqlite).linked(by).build().unwrap();
    let read = filter(&snapshot, 1, "read");
    let sql = chats.sql(&snapshot, &read, 0).unwrap();
    assert_eq!(
        sql.text,
        r#"("chats"."owner_id" = ? OR ("chats"."about_kind" = ? AND "chats"."about_id" IN (SELECT "cases"."id" FROM "cases" WHERE "cases"."public" = TRUE OR "cases"."owner_id" = ?)))"#
    );
    let columns: Vec<_> =
        chats.columns(&read).iter().map(|it| format!("{}.{}", it.table, it.column)).collect();
    let expected = [
        "cases.id",
        "cases.owner_id",
        "cases.public",
        "chats.about_id",
        "chats.about_kind",
        "chats.owner_id",
    ];
    assert_eq!(columns, expected);
    let indexes: Vec<_> = chats.indexes(&read).iter().map(ToString::to_string).collect();
    let expected = [
        "cases (id)",
        "cases (owner_id)",
        "cases (public) where it is set",
        "chats (about_id, about_kind)",
        "chats (owner_id)",
    ];
    assert_eq!(indexes, expected);
}

/// A filter that was made where there are links does not render where there are none.
#[test]
fn a_mapping_of_before_the_links_refuses() {
    let snapshot = snapshot();
    let cases = cases(&snapshot);
    let problem = cases.condition(&snapshot, &filter(&snapshot, 2, "read")).unwrap_err();
    assert_eq!(problem.code(), "link-missing");
}

#[test]
fn an_explanation_nests_the_reasons_of_the_linked_record() {
    let snapshot = snapshot();
    let case = Record::at(snapshot.entity("case")).owner(snapshot.user(2)).flag(bailiwick::Flag::nth(0));
    let links = [Opening::Linked(&case)];
    let chat = Record::at(snapshot.entity("chat")).owner(snapshot.user(3)).openings(&links);
    let explain = |user, action| access(&snapshot, user).explain(snapshot.action(action), &chat);
    crate::golden::compare("links/explained.txt", &explain(1, "read").to_string());
    crate::golden::compare("links/denied.txt", &explain(1, "close").to_string());
    #[cfg(feature = "document")]
    crate::golden::compare("links/explained.json", &explain(1, "read").to_json());
}
