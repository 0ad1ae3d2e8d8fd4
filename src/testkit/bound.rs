//! What is bound to rows besides people: the group that hosts one, records that it is linked to, shares.

use crate::directory::SocialGroup;
use crate::filter::sql::{Linked, Mapping};
use crate::key::{Handle, Key};
use crate::resolve::{Opening, Record};
use crate::snapshot::Snapshot;
use crate::testkit::dice::Dice;
use crate::testkit::rows::{Row, RowKey, column};
use crate::testkit::shares::{self, Looked};

/// The rows of another table, and as what the application reads them.
pub(super) struct Beside<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) records: Vec<(&'a Row, Record<'a>)>,
}

/// What is bound to one row, looked up.
pub(super) struct Bound<'a> {
    shares: Vec<Looked>,
    host: Option<Handle<SocialGroup>>,
    linked: Vec<&'a Record<'a>>,
}

impl<'a> Bound<'a> {
    pub(super) fn to(row: &Row, snapshot: &Snapshot, mapping: &Mapping, beside: &'a [Beside<'a>]) -> Self {
        let host = row.host.as_ref().and_then(|host| snapshot.social_group(&host.key::<SocialGroup>()));
        let linked = mapping.linked().iter().filter_map(|link| linked_by(link, row, beside));
        Self { shares: shares::looked_up(row, snapshot, mapping), host, linked: linked.collect() }
    }

    pub(super) fn openings(&'a self) -> Vec<Opening<'a>> {
        let host = self.host.map(Opening::Hosted);
        let linked = self.linked.iter().copied().map(Opening::Linked);
        linked.chain(host).chain(shares::openings(&self.shares)).collect()
    }
}

/// The record that a row is linked to by this link: none for NULL, another kind of record, and one that is not there.
fn linked_by<'a>(link: &Linked, row: &Row, beside: &'a [Beside<'a>]) -> Option<&'a Record<'a>> {
    if let Some((column, _, value)) = link.only_column() {
        row.link(column).filter(|found| found.key::<()>() == *value)?;
    }
    let (column, _) = link.key_column();
    let key: Key<()> = row.link(column)?.key();
    let table = beside.iter().find(|beside| link.leads_to(beside.mapping))?;
    table.records.iter().find(|(row, _)| key == Key::from(row.id)).map(|(_, record)| record)
}

/// What the columns of links hold, each once: mostly keys of rows that are there, and the kinds that the mapping knows.
pub(super) fn links(
    mapping: &Mapping,
    beside: &[(&Mapping, &[Row])],
    dice: &mut Dice,
) -> Vec<(String, Option<RowKey>)> {
    let mut links: Vec<(String, Option<RowKey>)> = Vec::new();
    for link in mapping.linked() {
        let (key, held) = link.key_column();
        if links.iter().all(|(column, _)| column != key) {
            let rows = beside.iter().filter(|(mapping, _)| link.leads_to(mapping));
            let ids: Vec<Key<()>> = rows.flat_map(|(_, rows)| rows.iter()).map(|row| row.id.into()).collect();
            links.push((key.to_owned(), column(dice.pick(&ids), held, dice)));
        }
        let Some((kind, held, _)) = link.only_column() else { continue };
        if links.iter().all(|(column, _)| column != kind) {
            let same = mapping.linked().iter().filter_map(Linked::only_column);
            let values: Vec<_> = same.filter(|(column, _, _)| *column == kind).map(|(_, _, it)| it).collect();
            links.push((kind.to_owned(), column(dice.pick(&values).copied(), held, dice)));
        }
    }
    links
}
