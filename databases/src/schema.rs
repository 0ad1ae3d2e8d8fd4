//! The schemas that filters are run against: one application, built in several ways.

use bailiwick::sql::{
    Column, DepartmentNumbers, FlagColumn, KeyType, Linked, Mapping, MappingBuilder, MappingProblems,
    Memberships, Participants, PartySource, Shares,
};
use bailiwick::testkit::{Row, RowKey, SharedRow};
use bailiwick::{Key, Party, Snapshot, SubjectKind};

use crate::engine::{Cell, Engine, Failure};
use crate::world::{CLIENT, DEAL, Naming, World};

/// How the application is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How the database knows who is in which department.
    pub departments: Departments,
    /// What keys look like, and so the type of the columns.
    pub naming: Naming,
    /// Whether there is no column for the pipeline.
    pub only_pipeline: bool,
    /// Whether flags are booleans, or the texts `Y` and `N`.
    pub boolean_flags: bool,
    /// Whether observers share their table with other parties.
    pub shared_participants: bool,
}

/// How the database knows who is in which department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departments {
    /// A table of members and one of heads.
    Memberships,
    /// The same, and the numbers of departments.
    Numbers,
    /// A column of the record, for the responsible person; the author's by memberships.
    OfRecord,
}

impl Style {
    /// Every way in which departments are known, with both kinds of keys.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for (at, departments) in
            [Departments::Memberships, Departments::Numbers, Departments::OfRecord].into_iter().enumerate()
        {
            for naming in [Naming::Integers, Naming::Texts] {
                let odd = (at + usize::from(naming == Naming::Texts)) % 2 == 1;
                all.push(Self {
                    departments,
                    naming,
                    only_pipeline: at == 2,
                    boolean_flags: !odd,
                    shared_participants: odd,
                });
            }
        }
        all
    }

    /// The world of a seed that this schema can hold.
    pub fn world(self, seed: u64) -> World {
        World::new(seed, self.naming, self.only_pipeline, self.departments == Departments::OfRecord)
    }

    fn column(self, name: &str) -> Column {
        match self.naming {
            Naming::Integers => Column::integer(name),
            Naming::Texts => Column::text(name),
        }
    }

    fn flag(self, name: &str) -> FlagColumn {
        if self.boolean_flags {
            FlagColumn::boolean(name)
        } else {
            FlagColumn::equal(Column::text(name), "Y")
        }
    }

    /// The mapping of this schema.
    pub fn mapping(self, snapshot: &Snapshot, engine: &dyn Engine) -> Result<Mapping, MappingProblems> {
        let observers = Participants::new("people", Column::integer("deal_id"), self.column("user_id"));
        let observers = if self.shared_participants {
            observers.only(Column::text("kind"), "observer")
        } else {
            observers
        };
        let clients = Linked::new(Column::integer("client_id"), self.clients(snapshot, engine)?)
            .only(Column::text("about"), "client");
        let mut mapping = self
            .people(Mapping::of(snapshot, DEAL, engine.dialect(), "deals"))
            .stage(self.column("stage"))
            .party("author", self.column("author"))
            .party_group("responsible", self.column("team_id"))
            .party("observer", observers)
            .host(self.column("group_id"))
            .linked(clients)
            .shares(self.shares());
        mapping = if self.shared_participants {
            let branches =
                Participants::new("branches", Column::integer("deal_id"), self.column("department_id"));
            mapping.party_department("branch", branches)
        } else {
            mapping.party_department("branch", self.column("branch_id"))
        };
        mapping = if self.only_pipeline {
            mapping.only_pipeline(self.naming.key::<bailiwick::Pipeline>(0))
        } else {
            mapping.pipeline(self.column("pipeline"))
        };
        if self.departments == Departments::Numbers {
            mapping = mapping.department_numbers(DepartmentNumbers::new(
                "departments",
                self.column("id"),
                "number",
            ));
        }
        if self.departments == Departments::OfRecord {
            mapping = mapping.department_of("responsible", self.column("department_id"));
        }
        mapping.build()
    }

    /// What deals and clients have in common.
    fn people<'s>(self, mapping: MappingBuilder<'s>) -> MappingBuilder<'s> {
        let table = |name: &str| Memberships::new(name, self.column("user_id"), self.column("department_id"));
        mapping
            .record(Column::integer("id"))
            .party("responsible", self.column("responsible_id"))
            .flag("open", self.flag("is open"))
            .flag("public", self.flag("public"))
            .memberships(table("members"))
            .memberships(table("heads"))
            .heads(table("heads"))
    }

    /// The mapping of clients, who have nobody but a responsible person.
    pub fn clients(self, snapshot: &Snapshot, engine: &dyn Engine) -> Result<Mapping, MappingProblems> {
        self.people(Mapping::of(snapshot, CLIENT, engine.dialect(), "clients"))
            .without_party("author")
            .without_party("observer")
            .party_group("responsible", PartySource::Nowhere)
            .party_department("branch", PartySource::Nowhere)
            .build()
    }

    /// Kinds are texts that a careless comparison mixes up.
    fn shares(self) -> Shares {
        Shares::new("shares", Column::integer("deal_id"))
            .with(Column::text("kind"), self.column("subject"))
            .action(Column::text("action"))
            .kind(SubjectKind::User, "u")
            .kind(SubjectKind::Department, "d")
            .kind(SubjectKind::DepartmentTree, "D")
            .kind(SubjectKind::UserGroup, "g")
            .kind(SubjectKind::Members, "s")
            .kind(SubjectKind::Owner, "S")
            .kind(SubjectKind::SignedIn, "a")
            .kind(SubjectKind::Everyone, "á")
    }

    /// Creates the tables anew.
    pub fn create(self, engine: &mut dyn Engine) -> Result<(), Failure> {
        let quote = |name: &str| quoted(engine, name);
        let (text, open) = (engine.text_type(), quote("is open"));
        let key = if self.naming == Naming::Integers { "BIGINT" } else { text };
        let flag = if self.boolean_flags { "BOOLEAN" } else { text };
        for table in ["deals", "people", "members", "heads", "departments", "shares", "branches", "clients"] {
            engine.run(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        engine.run(&format!(
            "CREATE TABLE deals (id BIGINT NOT NULL PRIMARY KEY, pipeline {key}, stage {key}, responsible_id {key}, \
             author {key}, department_id {key}, team_id {key}, branch_id {key}, {open} {flag}, public {flag}, group_id {key}, client_id BIGINT, \
             about {text});
             CREATE TABLE clients (id BIGINT NOT NULL PRIMARY KEY, responsible_id {key}, {open} {flag}, public {flag});
             CREATE TABLE people (deal_id BIGINT, user_id {key}, kind {text});
             CREATE TABLE members (user_id {key}, department_id {key});
             CREATE TABLE heads (user_id {key}, department_id {key});
             CREATE TABLE departments (id {key}, number BIGINT);
             CREATE TABLE branches (deal_id BIGINT, department_id {key});
             CREATE TABLE shares (deal_id BIGINT, kind {text}, subject {key}, action {text})"
        ))
    }

    /// Fills the tables of the organisation, as an application that knows nothing of snapshots would.
    pub fn fill_directory(self, engine: &mut dyn Engine, world: &World) -> Result<(), Failure> {
        let mut members = vec![vec![Cell::Null, Cell::Null]];
        members.extend(world.directory.departments.iter().map(|at| vec![Cell::Null, self.cell(&at.key)]));
        for user in &world.directory.users {
            members.extend(user.departments.iter().map(|at| vec![self.cell(&user.key), self.cell(at)]));
        }
        let mut heads = vec![vec![self.cell(&world.directory.users[0].key), Cell::Null]];
        for department in &world.directory.departments {
            heads.extend(
                department.heads.iter().map(|head| vec![self.cell(head), self.cell(&department.key)]),
            );
        }
        let numbers: Vec<_> = world.snapshot.department_numbers().collect();
        let number = |key| {
            numbers
                .iter()
                .find(|(other, _)| *other == key)
                .map_or(Cell::Null, |(_, n)| Cell::Integer((*n).into()))
        };
        let departments: Vec<_> =
            world.directory.departments.iter().map(|at| vec![self.cell(&at.key), number(&at.key)]).collect();
        engine.insert("members", &["user_id", "department_id"], &members)?;
        engine.insert("heads", &["user_id", "department_id"], &heads)?;
        engine.insert("departments", &["id", "number"], &departments)
    }

    /// Fills the tables of the records.
    pub fn fill_rows(self, engine: &mut dyn Engine, rows: &[Row]) -> Result<(), Failure> {
        let key = |key: &Option<RowKey>| key.as_ref().map_or(Cell::Null, stored);
        let party = |row: &Row, party: &str| row.party(&Key::new(party)).map_or(Cell::Null, stored);
        let first =
            |parties: &[(Key<Party>, RowKey)]| parties.first().map_or(Cell::Null, |(_, key)| stored(key));
        let flag = |row: &Row, flag: &str| self.set(row, flag);
        let responsible = Key::<Party>::new("responsible");
        let deals: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| {
                vec![
                    Cell::Integer(row.id),
                    if self.only_pipeline { Cell::Null } else { key(&row.pipeline) },
                    key(&row.stage),
                    party(row, "responsible"),
                    party(row, "author"),
                    row.department(&responsible).map_or(Cell::Null, |at| self.cell(at)),
                    first(&row.party_groups),
                    if self.shared_participants { Cell::Null } else { first(&row.party_departments) },
                    flag(row, "open"),
                    flag(row, "public"),
                    key(&row.host),
                    row.link("client_id").map_or(Cell::Null, stored),
                    row.link("about").map_or(Cell::Null, stored),
                ]
            })
            .collect();
        let open = quoted(engine, "is open");
        let columns = [
            "id",
            "pipeline",
            "stage",
            "responsible_id",
            "author",
            "department_id",
            "team_id",
            "branch_id",
            &open,
            "public",
            "group_id",
            "client_id",
            "about",
        ];
        engine.insert("deals", &columns, &deals)?;
        let mut people = Vec::new();
        for row in rows {
            for (party, user) in row.parties.iter().filter(|(party, _)| *party == Key::new("observer")) {
                people.push(vec![Cell::Integer(row.id), stored(user), Cell::Text(party.to_string())]);
            }
            if self.shared_participants {
                let lurker = Cell::Text("Observer".to_owned());
                people.extend(
                    row.party(&responsible).map(|user| vec![Cell::Integer(row.id), stored(user), lurker]),
                );
            }
        }
        people.push(vec![Cell::Null, Cell::Null, Cell::Null]);
        engine.insert("people", &["deal_id", "user_id", "kind"], &people)?;
        let branches = rows.iter().filter(|_| self.shared_participants).flat_map(|row| {
            row.party_departments.iter().map(|(_, key)| vec![Cell::Integer(row.id), stored(key)])
        });
        let branches: Vec<_> = branches.chain([vec![Cell::Null, Cell::Null]]).collect();
        engine.insert("branches", &["deal_id", "department_id"], &branches)?;
        let shares = rows.iter().flat_map(|row| row.shares.iter().map(|it| (row.id, it)));
        let share = |(id, it): (i64, &SharedRow)| {
            vec![Cell::Integer(id), key(&it.kind), key(&it.subject), key(&it.action)]
        };
        let null = vec![Cell::Null, Cell::Text("a".to_owned()), Cell::Null, Cell::Text("read".to_owned())];
        let shares: Vec<_> = shares.map(share).chain([null]).collect();
        engine.insert("shares", &["deal_id", "kind", "subject", "action"], &shares)
    }

    /// Fills the table of clients.
    pub fn fill_clients(self, engine: &mut dyn Engine, rows: &[Row]) -> Result<(), Failure> {
        let responsible = |row: &Row| row.party(&Key::new("responsible")).map_or(Cell::Null, stored);
        let client = |row: &Row| {
            vec![Cell::Integer(row.id), responsible(row), self.set(row, "open"), self.set(row, "public")]
        };
        let clients: Vec<_> = rows.iter().map(client).collect();
        let open = quoted(engine, "is open");
        engine.insert("clients", &["id", "responsible_id", &open, "public"], &clients)
    }

    fn set(self, row: &Row, flag: &str) -> Cell {
        match (row.flag(&Key::new(flag)), self.boolean_flags) {
            (None, _) => Cell::Null,
            (Some(set), true) => Cell::Boolean(set),
            (Some(set), false) => Cell::Text(if set { "Y" } else { "y" }.to_owned()),
        }
    }

    fn cell<T>(self, key: &Key<T>) -> Cell {
        match self.keys() {
            KeyType::Integer => key.as_number().map_or(Cell::Null, Cell::Integer),
            KeyType::Text | KeyType::ByteText => Cell::Text(key.to_string()),
        }
    }

    fn keys(self) -> KeyType {
        self.column("").keys()
    }
}

fn stored(key: &RowKey) -> Cell {
    match key {
        RowKey::Integer(number) => Cell::Integer(*number),
        RowKey::Text(text) => Cell::Text(text.clone()),
    }
}

fn quoted(engine: &dyn Engine, name: &str) -> String {
    match engine.dialect() {
        bailiwick::sql::Dialect::Mysql => format!("`{name}`"),
        bailiwick::sql::Dialect::Sqlite | bailiwick::sql::Dialect::Postgres => format!("\"{name}\""),
    }
}
