//! Rows, and rows that are meant to hurt.

use crate::directory::{Department, Principal, SocialGroup, User};
use crate::filter::sql::{KeyType, Mapping};
use crate::key::{Handle, Key};
use crate::resolve::{Opening, Participant, Record};
use crate::snapshot::Snapshot;
use crate::testkit::Kit;
use crate::testkit::bound;
use crate::testkit::dice::Dice;
use crate::testkit::shares::{self, SharedRow};
use crate::vocabulary::{Flag, Party, Pipeline, Place, Stage};

/// A key in a column, as it is stored: not every text that a column can hold is a usable key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// In a column of integers.
    Integer(i64),
    /// In a column of text.
    Text(String),
}

/// One row of the entity's table, with what other tables say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// Its own key.
    pub id: i64,
    /// Its pipeline; none is NULL.
    pub pipeline: Option<RowKey>,
    /// Its stage; none is NULL.
    pub stage: Option<RowKey>,
    /// Who is what of it. A party in a column is there once at most, and absent means NULL; one in a table of participants any
    /// number of times.
    pub parties: Vec<(Key<Party>, RowKey)>,
    /// The columns of flags; none is NULL.
    pub flags: Vec<(Key<Flag>, Option<bool>)>,
    /// The department of a party, for a mapping with
    /// [`department_of`](crate::sql::MappingBuilder::department_of); absent means NULL.
    pub departments: Vec<(Key<Party>, Key<Department>)>,
    /// The user groups that are parties of it, for a mapping with [`party_group`](crate::sql::MappingBuilder::party_group), as
    /// `parties`.
    pub party_groups: Vec<(Key<Party>, RowKey)>,
    /// The departments that are parties of it, for a mapping with
    /// [`party_department`](crate::sql::MappingBuilder::party_department), as `parties`.
    pub party_departments: Vec<(Key<Party>, RowKey)>,
    /// The social group that hosts it; none is NULL.
    pub host: Option<RowKey>,
    /// The columns that say which records it is linked to, by their names; none is NULL.
    pub links: Vec<(String, Option<RowKey>)>,
    /// With whom it is shared, in a table of its own.
    pub shares: Vec<SharedRow>,
}

impl RowKey {
    fn of<T>(key: &Key<T>, held: KeyType) -> Option<Self> {
        match held {
            KeyType::Integer => key.as_number().map(Self::Integer),
            KeyType::Text | KeyType::ByteText => Some(Self::Text(key.text().into_owned())),
        }
    }

    /// The key that an application reads from the column.
    pub fn key<T>(&self) -> Key<T> {
        match self {
            Self::Integer(number) => Key::from(*number),
            Self::Text(text) => Key::new(text),
        }
    }
}

impl Row {
    /// A row that says nothing of itself.
    pub fn new(id: i64) -> Self {
        Self {
            id,
            pipeline: None,
            stage: None,
            parties: Vec::new(),
            flags: Vec::new(),
            departments: Vec::new(),
            party_groups: Vec::new(),
            party_departments: Vec::new(),
            host: None,
            links: Vec::new(),
            shares: Vec::new(),
        }
    }

    /// The first user who is this party of the record.
    pub fn party(&self, party: &Key<Party>) -> Option<&RowKey> {
        self.parties.iter().find(|(key, _)| key == party).map(|(_, user)| user)
    }

    /// Whether a flag is set; none for NULL.
    pub fn flag(&self, flag: &Key<Flag>) -> Option<bool> {
        self.flags.iter().find(|(key, _)| key == flag).and_then(|(_, set)| *set)
    }

    /// The department of a party.
    pub fn department(&self, party: &Key<Party>) -> Option<&Key<Department>> {
        self.departments.iter().find(|(key, _)| key == party).map(|(_, department)| department)
    }

    /// What a column of links holds; none for NULL.
    pub fn link(&self, column: &str) -> Option<&RowKey> {
        self.links.iter().find(|(name, _)| name == column).and_then(|(_, key)| key.as_ref())
    }

    pub(super) fn participants(&self, snapshot: &Snapshot) -> impl Iterator<Item = Participant> {
        let users = self.parties.iter().map(|(party, key)| (party, Principal::User(key.key())));
        let groups = self.party_groups.iter().map(|(party, key)| (party, Principal::UserGroup(key.key())));
        let departments = self.party_departments.iter();
        let departments = departments.map(|(party, key)| (party, Principal::Department(key.key())));
        let all = users.chain(groups).chain(departments);
        all.filter_map(|(party, who)| Some(Participant::found(snapshot.party(party)?, &who, snapshot)))
    }

    /// The row as the application would read it.
    pub(super) fn record<'p>(
        &self,
        snapshot: &Snapshot,
        entity: Handle<Place>,
        people: &'p [Participant],
        openings: &'p [Opening<'p>],
    ) -> Record<'p> {
        let (pipeline, stage): (Option<Key<Pipeline>>, Option<Key<Stage>>) =
            (self.pipeline.as_ref().map(RowKey::key), self.stage.as_ref().map(RowKey::key));
        let place = snapshot.place(entity, pipeline.as_ref(), stage.as_ref());
        let mut record = Record::at(place).participants(people).openings(openings);
        for (key, set) in &self.flags {
            if let Some(flag) = snapshot.flag(key).filter(|_| *set == Some(true)) {
                record = record.flag(flag);
            }
        }
        record
    }
}

/// Rows with what the vocabulary knows, what it does not, and NULLs, in all columns that are mapped.
pub(super) fn hostile(kit: &Kit<'_>, seed: u64, first: i64, count: usize) -> Vec<Row> {
    let pools = Pools::new(kit);
    let row = |(id, number): (i64, u64)| {
        pools.row(id, &mut Dice(seed ^ number.wrapping_mul(0x5851_f42d_4c95_7f2d)))
    };
    (first..).zip(0..).take(count).map(row).collect()
}

/// What each column is filled from.
struct Pools<'a> {
    snapshot: &'a Snapshot,
    mapping: &'a Mapping,
    entity: Handle<Place>,
    pipelines: Vec<Key<Pipeline>>,
    groups: Vec<Key<SocialGroup>>,
    beside: Vec<(&'a Mapping, &'a [Row])>,
}

impl<'a> Pools<'a> {
    fn new(kit: &'a Kit<'_>) -> Self {
        let Kit { snapshot, entity, mapping, .. } = *kit;
        let place = snapshot.places.accept(entity);
        let pipelines = place.into_iter().flat_map(|place| snapshot.places.pipelines(place));
        let key = |place| snapshot.places.path(place)?.pipeline_key().cloned();
        let groups = &snapshot.membership.social_groups;
        Self {
            snapshot,
            mapping,
            entity,
            pipelines: pipelines.filter_map(key).collect(),
            groups: groups.iter().map(|(_, key)| key.clone()).collect(),
            beside: kit.linked.iter().map(|kit| (kit.mapping, kit.rows())).collect(),
        }
    }

    fn row(&self, id: i64, dice: &mut Dice) -> Row {
        let mut row = Row::new(id);
        let pipeline = match self.mapping.only_pipeline() {
            Some(only) => Some(only.clone()),
            None => dice.pick(&self.pipelines).cloned(),
        };
        row.pipeline = match (self.mapping.only_pipeline(), self.mapping.pipeline_keys()) {
            (Some(only), _) => Some(RowKey::Text(only.to_string())),
            (None, Some(held)) => column(pipeline.as_ref(), held, dice),
            (None, None) => None,
        };
        let stages = pipeline.as_ref().map(|pipeline| self.stages(pipeline)).unwrap_or_default();
        row.stage = self.mapping.stage_keys().and_then(|held| column(dice.pick(&stages), held, dice));
        for (party, held, several) in self.mapping.party_keys() {
            for _ in 0..if several { dice.below(4) } else { 1 } {
                row.parties.extend(self.somebody(party, held, dice).map(|user| (party.clone(), user)));
            }
        }
        row.parties.dedup();
        let groups: Vec<_> = self.snapshot.membership.user_groups.iter().map(|(_, key)| key).collect();
        row.party_groups = drawn(self.mapping.group_party_keys(), &groups, dice);
        let departments: Vec<_> = self.snapshot.departments.numbers().map(|(key, _)| key).collect();
        row.party_departments = drawn(self.mapping.department_party_keys(), &departments, dice);
        for flag in self.mapping.flag_keys() {
            let set = dice.percent(67).then(|| dice.percent(50));
            row.flags.push((flag.clone(), set));
        }
        self.departments(&mut row);
        row.host = self.mapping.host_keys().and_then(|held| column(dice.pick(&self.groups), held, dice));
        row.links = bound::links(self.mapping, &self.beside, dice);
        row.shares = shares::hostile(self.snapshot, self.mapping, dice);
        row
    }

    fn stages(&self, pipeline: &Key<Pipeline>) -> Vec<Key<Stage>> {
        let places = &self.snapshot.places;
        let place = self.snapshot.place(self.entity, pipeline, crate::key::KeyRef::ABSENT);
        let stages = places.accept(place).into_iter().flat_map(|place| places.stages_of(place));
        stages.filter_map(|stage| places.path(stage)?.stage_key().cloned()).collect()
    }

    fn somebody(&self, party: &Key<Party>, held: KeyType, dice: &mut Dice) -> Option<RowKey> {
        let users: Vec<_> = self.snapshot.users().collect();
        let user = dice.pick(&users).and_then(|user| self.snapshot.user_key(*user));
        let departments = self.mapping.departments_of().any(|of| of == party);
        let user = user.filter(|user| !departments || self.only_department(user).is_ok());
        column(user, held, dice)
    }

    /// The department of the user; an error, if he has several.
    fn only_department(&self, user: &Key<User>) -> Result<Option<Key<Department>>, ()> {
        let people = &self.snapshot.people;
        let row = self.snapshot.user(user).and_then(|user| people.accept(user));
        let departments = row.map(|row| people.departments(row.standing())).unwrap_or_default();
        match departments.as_slice() {
            [] => Ok(None),
            [only] => Ok(self.snapshot.departments.key(*only).cloned()),
            _ => Err(()),
        }
    }

    fn departments(&self, row: &mut Row) {
        for of in self.mapping.departments_of() {
            let user: Option<Key<User>> = row.party(of).map(RowKey::key);
            let department = user.and_then(|user| self.only_department(&user).ok().flatten());
            row.departments.extend(department.map(|department| (of.clone(), department)));
        }
    }
}

/// Who is which party, of these that are known.
fn drawn<'m, T>(
    parties: impl Iterator<Item = (&'m Key<Party>, KeyType, bool)>,
    known: &[&Key<T>],
    dice: &mut Dice,
) -> Vec<(Key<Party>, RowKey)> {
    let mut drawn = Vec::new();
    for (party, held, several) in parties {
        for _ in 0..if several { dice.below(4) } else { 1 } {
            drawn.extend(column(dice.pick(known).copied(), held, dice).map(|key| (party.clone(), key)));
        }
    }
    drawn.dedup();
    drawn
}

/// What a column holds: mostly the known key, sometimes one like it, sometimes NULL.
pub(super) fn column<T>(known: Option<&Key<T>>, held: KeyType, dice: &mut Dice) -> Option<RowKey> {
    if dice.percent(15) {
        return None;
    }
    let known = known.and_then(|key| RowKey::of(key, held));
    if known.is_some() && dice.percent(70) {
        return known;
    }
    let other = match known {
        Some(RowKey::Text(text)) => dice.pick(&like_text(&text)).cloned().map(RowKey::Text),
        Some(RowKey::Integer(number)) => dice.pick(&like_integer(number)).copied().map(RowKey::Integer),
        None => None,
    };
    let any = match held {
        KeyType::Integer => dice.pick(&INTEGERS).copied().map(RowKey::Integer),
        KeyType::Text | KeyType::ByteText => dice.pick(&TEXTS).map(|text| RowKey::Text((*text).to_owned())),
    };
    if dice.percent(70) { other.or(any) } else { any }
}

const INTEGERS: [i64; 8] = [0, 1, -1, i64::MIN, i64::MAX, 1 << 32, -(1 << 31), 1 << 53];

const TEXTS: [&str; 18] = [
    "",
    " ",
    "0",
    "-0",
    "1",
    "01",
    "1.0",
    "NULL",
    "null",
    "%",
    "_",
    "'",
    "\"",
    "\\",
    "' OR ''='",
    "👩\u{200d}👧",
    "9223372036854775808",
    "1abc",
];

/// Texts that a careless comparison holds equal.
fn like_text(text: &str) -> Vec<String> {
    let swap = |c: char| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    let accented = |c: char| match c {
        'a' => 'á',
        'e' => 'é',
        'o' => 'ö',
        'u' => 'ú',
        'A' => 'Á',
        'á' => 'a',
        other => other,
    };
    vec![
        text.chars().map(swap).collect(),
        text.chars().map(accented).collect(),
        format!("{text} "),
        format!(" {text}"),
        format!("{text}\u{301}"),
        format!("{text}%"),
        format!("0{text}"),
        format!("{text}abc"),
        text.replace('s', "ß"),
    ]
}

fn like_integer(number: i64) -> [i64; 4] {
    [number.wrapping_neg(), number.wrapping_add(1), number ^ 1 << 32, number ^ i64::MIN]
}
