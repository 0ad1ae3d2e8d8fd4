//! What is printed of an answer through somebody's eyes says so, and is the answer's in all else.

use bailiwick::explain::Bound;
use bailiwick::{
    Acl, Assignment, Directory, Format, Handle, Moment, Policy, Record, Simulated, Snapshot, Subject, User,
    crm, disk,
};
use serde_json::Value;

/// The same, with the mark after what every answer begins with.
#[track_caller]
fn marked<T>(seen: &Simulated<T>, printed: fn(&Simulated<T>) -> String, real: fn(&T) -> String) {
    let (got, plain) = (printed(seen), real(seen.shown()));
    let format = serde_json::from_str::<Value>(&plain).unwrap()["format"].as_str().unwrap().to_owned();
    let head = format!("{{\n  \"format\": \"{format}\",\n  \"version\": {},\n", Format::VERSION);
    assert!(plain.starts_with(&head), "{plain}");
    assert_eq!(got, plain.replacen(&head, &format!("{head}  \"simulated\": true,\n"), 1));
    let mut value: Value = serde_json::from_str(&got).unwrap();
    assert_eq!(value.as_object_mut().unwrap().remove("simulated"), Some(Value::Bool(true)));
    assert_eq!(value, serde_json::from_str::<Value>(&plain).unwrap());
}

#[test]
fn an_answer_through_other_eyes_says_so_in_json() {
    let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    let policy = Policy::new(crm::vocabulary().ladder(disk::ladder()))
        .roles(crm::roles())
        .assign(Assignment::new(crm::MANAGER, Subject::User("anna".into())));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let bound = Bound::new(&policy, &directory).at_most(1);
    let list = Acl::new().give(disk::CAN_READ, Subject::SignedIn);
    let record = Record::at(crm::DEAL).owner(snapshot.user("boris"));
    for who in ["anna", "boris", "nobody"] {
        let eyes = snapshot.view_as(snapshot.user(who), Moment::from_unix_seconds(0));
        let explained = eyes.explain_with_grants(crm::READ, &record, bound);
        marked(&explained, Simulated::<bailiwick::Explanation>::to_json, |it| it.to_json());
        marked(&eyes.explain_create(crm::DEAL), |it| it.to_json(), |it| it.to_json());
        let nearest = eyes.nearest_grants(crm::READ, &record, bound);
        marked(&nearest, |it| it.to_json(), |it| it.to_json());
        marked(&eyes.matrix(), |it| it.to_json(), |it| it.to_json());
        marked(&eyes.filter(crm::READ, crm::DEAL), |it| it.to_json(), |it| it.to_json());
        let of_a_list = eyes.acl(disk::DISK).explain(disk::READ, [&list], Handle::unknown());
        marked(&of_a_list, |it| it.to_json(), |it| it.to_json());
    }
}

#[test]
fn nearest_grants_print_as_in_an_explanation() {
    let directory = Directory::new().with(User::new("anna"));
    let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    let bound = Bound::new(&policy, &directory).at_most(1);
    let record = Record::at(crm::DEAL);
    let alone = anna.nearest_grants(crm::READ, &record, bound).to_json();
    let inside = anna.explain_with_grants(crm::READ, &record, bound).to_json();
    let (mut alone, inside): (Value, Value) =
        (serde_json::from_str(&alone).unwrap(), serde_json::from_str(&inside).unwrap());
    let head = alone.as_object_mut().unwrap();
    assert_eq!(head.remove("format"), Some("bailiwick/nearest-grants".into()));
    assert_eq!(head.remove("version"), Some(1.into()));
    assert!(alone["grants"].as_array().is_some_and(|grants| !grants.is_empty()));
    assert_eq!(alone, inside["nearest"]);
}
