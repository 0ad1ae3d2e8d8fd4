//! A universe small enough to be searched whole: every way in which a viewer can stand to a record, every level, explicit or
//! inherited, one role or two, under both rules of combining. Check, filter in memory and `SQLite` agree on every case.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use bailiwick::sql::{Column, Dialect, FlagColumn, Mapping, Memberships, Participants};
use bailiwick::{
    Assignment, Combining, Department, Directory, Entity, Filter, Flag, Level, Moment, Offer, Participant,
    Party, PartyRule, Pipeline, Place, PlaceName, Policy, Record, Relations, Role, Snapshot, Subject, User,
    Vocabulary,
};
use bailiwick_databases::engine::{Cell, Engine, find};
use bailiwick_databases::sqlite::Sqlite;

const DEAL: PlaceName = PlaceName::entity("deal");
const OWNER: Party = Party::nth(0);
const MEMBER: Party = Party::nth(1);
const OBSERVER: Party = Party::nth(2);
const OPEN: Flag = Flag::nth(0);

/// What is searched whole: every set of some relations, with every record that some people are bound to.
struct Search {
    /// The relations that a level can ask for, each on its own.
    relations: &'static [Relations],
    /// Whom the record's departments come through.
    members: &'static [&'static [&'static str]],
}

/// Every way in which departments can lie to the viewer's, alone and together.
const LYING: &[&[&str]] = &[
    &[],
    &["stranger"],
    &["mate"],
    &["below"],
    &["headed"],
    &["below_headed"],
    &["mate", "below"],
    &["mate", "below_headed"],
];

/// What CRM asks for.
const DEPARTMENTS: Search = Search {
    relations: &[
        Relations::OWN,
        Relations::DEPARTMENT,
        Relations::SUBDEPARTMENTS,
        Relations::SUBORDINATES,
        Relations::OBSERVED,
        Relations::FLAG_0,
    ],
    members: LYING,
};

/// The negative relation, beside those that can take its place.
const ELSEWHERE: Search = Search {
    relations: &[
        Relations::OWN,
        Relations::DEPARTMENT,
        Relations::SUBDEPARTMENTS,
        Relations::SUBORDINATES,
        Relations::ELSEWHERE,
    ],
    members: LYING,
};

/// Every way in which somebody can be seated, seen from the viewer, alone and together.
const SEATS: Search = Search {
    relations: &[
        Relations::OWN,
        Relations::INVOLVES_SUBORDINATES,
        Relations::OWN_HEADS,
        Relations::PEERS,
        Relations::OTHER_HEADS,
        Relations::OTHER_EMPLOYEES,
        Relations::ELSEWHERE,
    ],
    members: &[
        &[],
        &["viewer"],
        &["mate"],
        &["boss"],
        &["boss_elsewhere"],
        &["mate_and_boss_elsewhere"],
        &["stranger"],
        &["below"],
        &["below_headed"],
        &["off"],
        &["nowhere"],
        &["unknown"],
        &["boss", "stranger"],
        &["mate", "boss_elsewhere"],
        &["nowhere", "unknown"],
    ],
};

const PLACES: [(Option<&str>, Option<&str>); 6] = [
    (Some("general"), Some("new")),
    (Some("general"), Some("won")),
    (Some("general"), Some("NEW")),
    (Some("general"), None),
    (Some("other"), Some("new")),
    (None, None),
];

/// One record, as stored.
#[derive(Clone, Debug)]
struct Facts {
    place: (Option<&'static str>, Option<&'static str>),
    owned: bool,
    members: &'static [&'static str],
    observed: bool,
    open: Option<bool>,
}

fn universe(search: &Search) -> Vec<Facts> {
    let mut all = Vec::new();
    for place in PLACES {
        for owned in [false, true] {
            for members in search.members {
                for observed in [false, true] {
                    let flags = [None, Some(false), Some(true)];
                    all.extend(flags.map(|open| Facts { place, owned, members, observed, open }));
                }
            }
        }
    }
    all
}

/// Every set of relations as a level, and the level that reaches everything.
fn levels(search: &Search) -> Vec<Level> {
    let relations = search.relations;
    let every = 0..1_usize << relations.len();
    let set = |bits: usize| -> Relations {
        (0..relations.len()).filter(|bit| bits & 1 << bit != 0).map(|bit| relations[bit]).collect()
    };
    let sets = every.map(set).chain([Relations::ALWAYS]);
    sets.enumerate().map(|(number, relations)| Level::new(number.to_string(), relations)).collect()
}

/// A vocabulary has fewer levels than there are sets of relations: each policy gets those that its roles name.
fn vocabulary(search: &Search, used: &BTreeSet<usize>) -> Vocabulary {
    let structure = Relations::BY_DEPARTMENT | Relations::INVOLVES_SUBORDINATES | Relations::BY_SEAT;
    let mut vocabulary = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN))
        .party(PartyRule::new("member").counts_for(structure))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .flag("open")
        .actions(["read"]);
    vocabulary.levels = levels(search)
        .into_iter()
        .enumerate()
        .filter(|(at, _)| used.contains(at))
        .map(|(_, it)| it)
        .collect();
    let offer = Offer::new("read").levels(vocabulary.levels.iter().map(|level| &level.key));
    vocabulary.entity(Entity::new(DEAL).offer(offer).pipeline(Pipeline::new("general", ["new", "won"])))
}

fn directory() -> Directory {
    Directory::new()
        .with(Department::new("home").head("boss"))
        .with(Department::new("cellar").below("home"))
        .with(Department::new("away").head("viewer"))
        .with(Department::new("yard").below("away"))
        .with(Department::new("elsewhere").head("boss_elsewhere").head("mate_and_boss_elsewhere"))
        .with(Department::new("off").switched_off().head("off"))
        .with(User::new("viewer").sits_in("home"))
        .with(User::new("mate").sits_in("home"))
        .with(User::new("below").sits_in("cellar"))
        .with(User::new("headed").sits_in("away"))
        .with(User::new("below_headed").sits_in("yard"))
        .with(User::new("stranger").sits_in("elsewhere"))
        .with(User::new("boss"))
        .with(User::new("boss_elsewhere"))
        .with(User::new("mate_and_boss_elsewhere").sits_in("home"))
        .with(User::new("off").sits_in("off"))
        .with(User::new("nowhere"))
}

/// What one role says: of the whole entity and of one stage, each a level or nothing.
type Said = [Option<usize>; 2];

fn snapshot(search: &Search, roles: &[Said], combining: Combining) -> Snapshot {
    let won = Place::from(DEAL).pipeline("general").stage("won");
    let used = roles.iter().flatten().flatten().copied().collect();
    let mut policy = Policy::new(vocabulary(search, &used)).combining(combining);
    for (number, [entity, stage]) in roles.iter().enumerate() {
        let mut role = Role::new(format!("role{number}"));
        if let Some(level) = entity {
            role = role.set(DEAL, "read", level.to_string().as_str());
        }
        if let Some(level) = stage {
            role = role.set(&won, "read", level.to_string().as_str());
        }
        let assignment = Assignment::new(format!("role{number}"), Subject::User("viewer".into()));
        policy = policy.role(role).assign(assignment);
    }
    Snapshot::compile(&policy, &directory()).unwrap()
}

/// The database with all records in it, and the records as they are asked about.
struct Universe {
    search: &'static Search,
    sqlite: Sqlite,
    mapping: Mapping,
    facts: Vec<Facts>,
    people: Vec<Vec<Participant>>,
    /// Which records a filter keeps in memory and in the database. Equal filters are run once.
    kept: HashMap<Filter, Vec<(bool, bool)>>,
    cases: usize,
}

impl Universe {
    fn new(search: &'static Search) -> Self {
        let every_relation = (1 << search.relations.len()) - 1;
        let snapshot = snapshot(search, &[[Some(every_relation), None]], Combining::MostSpecific);
        let facts = universe(search);
        let party = |name| {
            Participants::new("people", Column::integer("deal"), Column::text("user"))
                .only(Column::text("party"), name)
        };
        let mapping = Mapping::of(&snapshot, DEAL, Dialect::Sqlite, "deals")
            .record(Column::integer("id"))
            .pipeline(Column::text("pipeline"))
            .stage(Column::text("stage"))
            .party("owner", Column::text("owner"))
            .party("member", party("member"))
            .party("observer", party("observer"))
            .flag("open", FlagColumn::boolean("open"))
            .memberships(Memberships::new("members", Column::text("user"), Column::text("department")))
            .heads(Memberships::new("heads", Column::text("user"), Column::text("department")))
            .build()
            .unwrap();
        let sqlite = store(&facts);
        let people = facts.iter().map(|facts| people(&snapshot, facts)).collect();
        Self { search, sqlite, mapping, facts, people, kept: HashMap::new(), cases: 0 }
    }

    fn compare(&mut self, roles: &[Said], combining: Combining) {
        let snapshot = snapshot(self.search, roles, combining);
        let access = snapshot.access(snapshot.user("viewer"), Moment::from_unix_seconds(0));
        let read = snapshot.action("read");
        let filter = access.filter(read, DEAL);
        let places = PLACES.map(|(pipeline, stage)| snapshot.place(DEAL, pipeline, stage));
        let per_place = self.facts.len() / PLACES.len();
        let records = self.facts.iter().zip(&self.people).enumerate().map(|(at, (facts, people))| {
            Record::at(places[at / per_place]).participants(people).flag_if(OPEN, facts.open == Some(true))
        });
        let (sqlite, mapping) = (&mut self.sqlite, &self.mapping);
        let kept = self.kept.entry(filter).or_insert_with_key(|filter| {
            let condition = mapping.condition(&snapshot, filter).unwrap();
            let found: BTreeSet<i64> = find(sqlite, &condition).unwrap().into_iter().collect();
            let memory = records.clone().map(|record| filter.matches(&snapshot, &record));
            (0..).zip(memory).map(|(id, memory)| (memory, found.contains(&id))).collect()
        });
        for ((record, facts), (memory, database)) in records.zip(&self.facts).zip(kept) {
            let check = access.check(read, &record).is_allowed();
            let answers = (check, *memory, *database);
            assert_eq!(answers, (check, check, check), "{roles:?} {combining:?} {facts:?}");
        }
        self.cases += self.facts.len();
    }
}

fn people(snapshot: &Snapshot, facts: &Facts) -> Vec<Participant> {
    let mut people = Vec::new();
    if facts.owned {
        people.push(OWNER.is(snapshot.user("viewer")));
    }
    if facts.observed {
        people.push(OBSERVER.is(snapshot.user("viewer")));
    }
    people.extend(facts.members.iter().map(|name| MEMBER.is(snapshot.user(*name))));
    people
}

fn store(facts: &[Facts]) -> Sqlite {
    let mut sqlite = Sqlite::open().unwrap();
    let tables = "CREATE TABLE deals (id INTEGER PRIMARY KEY, pipeline TEXT, stage TEXT COLLATE NOCASE, owner TEXT, open BOOLEAN);
         CREATE TABLE people (deal INTEGER, user TEXT, party TEXT);
         CREATE TABLE members (user TEXT, department TEXT);
         CREATE TABLE heads (user TEXT, department TEXT);
         CREATE INDEX by_deal ON people (deal, party, user);";
    sqlite.run(tables).unwrap();
    let text = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Text(text.to_owned()));
    let (mut deals, mut people) = (Vec::new(), Vec::new());
    for (id, facts) in (0..).zip(facts) {
        let (pipeline, stage) = facts.place;
        let owner = text(facts.owned.then_some("viewer"));
        let open = facts.open.map_or(Cell::Null, Cell::Boolean);
        deals.push(vec![Cell::Integer(id), text(pipeline), text(stage), owner, open]);
        let person = |user, party| vec![Cell::Integer(id), text(Some(user)), text(Some(party))];
        people.extend(facts.observed.then(|| person("viewer", "observer")));
        people.extend(facts.members.iter().map(|member| person(member, "member")));
    }
    sqlite.insert("deals", &["id", "pipeline", "stage", "owner", "open"], &deals).unwrap();
    sqlite.insert("people", &["deal", "user", "party"], &people).unwrap();
    // Nobody is in a department of the viewer's and in another, which must not make a condition NULL.
    let nobody = |at| vec![Cell::Null, text(at)];
    let mut members = vec![nobody(None), nobody(Some("home")), nobody(Some("elsewhere"))];
    let mut heads = members.clone();
    let directory = directory();
    for user in &directory.users {
        members.extend(
            user.departments.iter().map(|at| vec![text(Some(&user.key.text())), text(Some(&at.text()))]),
        );
    }
    for department in &directory.departments {
        let headed = department
            .heads
            .iter()
            .map(|head| vec![text(Some(&head.text())), text(Some(&department.key.text()))]);
        heads.extend(headed);
    }
    members.extend(heads.iter().cloned());
    sqlite.insert("members", &["user", "department"], &members).unwrap();
    sqlite.insert("heads", &["user", "department"], &heads).unwrap();
    sqlite
}

const RULES: [Combining; 2] = [Combining::MostSpecific, Combining::MostPermissive];

/// Nothing, or one of the levels.
fn absent_or(levels: impl IntoIterator<Item = usize>) -> Vec<Option<usize>> {
    std::iter::once(None).chain(levels.into_iter().map(Some)).collect()
}

fn said(levels: &[Option<usize>]) -> Vec<Said> {
    levels.iter().flat_map(|entity| levels.iter().map(|stage| [*entity, *stage])).collect()
}

fn one_role(search: &'static Search) {
    let (mut universe, begun) = (Universe::new(search), Instant::now());
    for said in said(&absent_or(0..levels(search).len())) {
        for combining in RULES {
            universe.compare(&[said], combining);
        }
    }
    println!("one role: {} cases, {} filters, {:.1?}", universe.cases, universe.kept.len(), begun.elapsed());
}

fn two_roles(search: &'static Search, ladder: &[usize]) {
    let (mut universe, begun) = (Universe::new(search), Instant::now());
    let all = said(&absent_or(ladder.iter().copied()));
    for one in &all {
        for other in &all {
            for combining in RULES {
                universe.compare(&[*one, *other], combining);
            }
        }
    }
    println!("two roles: {} cases, {} filters, {:.1?}", universe.cases, universe.kept.len(), begun.elapsed());
}

#[test]
fn one_role_every_level() {
    one_role(&DEPARTMENTS);
}

#[test]
fn one_role_every_level_with_elsewhere() {
    one_role(&ELSEWHERE);
}

#[test]
fn one_role_every_seat() {
    let (mut universe, begun) = (Universe::new(&SEATS), Instant::now());
    for level in absent_or(0..levels(&SEATS).len()) {
        universe.compare(&[[level, None]], Combining::MostSpecific);
        universe.compare(&[[Some(0), level]], Combining::MostPermissive);
    }
    println!("seats: {} cases, {} filters, {:.1?}", universe.cases, universe.kept.len(), begun.elapsed());
}

#[test]
fn two_roles_every_pair_on_the_ladder() {
    // None, own, and what the presets add to it; everything.
    two_roles(&DEPARTMENTS, &[0, 0b1, 0b11, 0b111, 0b10_1111, 0b10_0001, 64]);
}

#[test]
fn two_roles_of_which_one_knows_elsewhere() {
    // None, own, the department, what is not in it, everything.
    two_roles(&ELSEWHERE, &[0, 0b1, 0b11, 0b1_0001, 32]);
}
