//! The page for eyes, fingers and ears: what can be read, and where the keyboard stops.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick::{Assignment, Directory, Moment, Place, Policy, Role, Snapshot, Subject, User, crm};

/// The colours of the style sheet, by name: of the light scheme, the dark one, and paper.
fn schemes() -> [BTreeMap<String, [u8; 3]>; 3] {
    let style = include_str!("../../../src/review/matrix/sheet/page.css");
    let mut blocks = style.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap());
    [(); 3].map(|()| {
        let lines = blocks.next().unwrap().split(';');
        let colours = lines.filter_map(|line| line.split_once("--")?.1.split_once(": #"));
        colours.map(|(name, hex)| (name.to_owned(), channels(hex))).collect()
    })
}

fn channels(hex: &str) -> [u8; 3] {
    let wide: String =
        if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    [0, 2, 4].map(|at| u8::from_str_radix(&wide[at..at + 2], 16).unwrap())
}

/// The relative luminance of WCAG.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Level AA asks for 4.5 to 1.
#[test]
fn every_text_can_be_read_on_what_it_stands_on() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    let pairs = [
        ("ink", ["paper", "band", "differs", "box"].as_slice()),
        ("grey", &["paper", "band"]),
        ("grey-differs", &["differs"]),
        ("accent", &["paper", "band", "differs"]),
    ];
    for (number, scheme) in schemes().iter().enumerate() {
        for (ink, grounds) in pairs {
            // Paper shows no box.
            for ground in grounds.iter().filter(|ground| scheme.contains_key(**ground)) {
                let ratio = contrast(scheme[ink], scheme[*ground]);
                assert!(ratio >= 4.5, "scheme {number}: {ink} on {ground} is {ratio:.2} to 1");
            }
        }
    }
}

fn page() -> String {
    let stage = |stage: &str| Place::entity(crm::DEAL).pipeline(crm::GENERAL).stage(stage);
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("one").set(crm::DEAL, crm::READ, crm::OWN).set(stage("won"), crm::READ, crm::ALL))
        .role(Role::new("two").set(crm::DEAL, crm::READ, crm::OWN).set(stage("new"), crm::UPDATE, crm::OWN))
        .assign(Assignment::new("one", Subject::User("anna".into())))
        .assign(Assignment::new("one", Subject::User("boris".into())))
        .assign(Assignment::new("two", Subject::User("boris".into())));
    let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let matrix = |key| snapshot.access(snapshot.user(key), Moment::from_unix_seconds(0)).matrix();
    let both = matrix("anna").beside(&matrix("boris")).about(&crm::DEAL.into());
    both.sheet().unfolded().to_html()
}

/// A cell of a page: whether the keyboard stops at it, and the reasons in its box.
fn cells(page: &str) -> Vec<(bool, &str)> {
    let cells = page.split("<td class=").skip(1).filter_map(|cell| {
        let reasons = cell.split_once("</p><ul>")?.1.split_once("</ul>")?.0;
        Some((cell.contains("tabindex=\"0\""), reasons))
    });
    cells.collect()
}

#[test]
fn the_keyboard_comes_by_every_reason_and_by_few_of_them_twice() {
    let page = page();
    let cells = cells(&page);
    let stops: Vec<&str> = cells.iter().filter(|(stop, _)| *stop).map(|(_, reasons)| *reasons).collect();
    let told: BTreeSet<&str> = stops.iter().copied().collect();
    for (_, reasons) in cells.iter().filter(|(_, reasons)| !reasons.is_empty()) {
        assert!(told.contains(reasons) || reasons.contains("no role"), "nobody comes by {reasons}");
    }
    assert!(stops.len() * 4 < cells.len(), "{} stops in {} cells", stops.len(), cells.len());
    // Those that are no stops can still be pointed at and tapped.
    assert_eq!(page.matches("tabindex=\"-1\"").count(), cells.len() - stops.len());
}

/// Paper unfolds nothing.
#[test]
fn what_is_folded_is_named_for_paper() {
    let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()).roles(crm::roles()), &Directory::new());
    let page =
        snapshot.unwrap().role_matrix(crm::MANAGER).unwrap().about(&crm::DEAL.into()).sheet().to_html();
    let folded = page.split_once(" below</summary>").unwrap().1.split_once("</details>").unwrap().0;
    assert!(folded.contains("general"), "{folded}");
    let (_, printed) = page.split_once("<p class=\"below\">and ").unwrap();
    assert_eq!(printed.split_once("</p>").unwrap().0.split_once(" below: ").unwrap().1, folded);
}
