//! What is bound to a record besides people, as it is put on a command line: groups that host it, records that it is linked to, and with
//! whom it is shared.

use bailiwick::{Action, Grantee, Handle, Opening, Rank, Record, Share, SocialGroup, Subject};
use clap::Args;

use crate::question::Facts;

#[derive(Args)]
#[command(next_help_heading = "The record")]
pub(crate) struct OpeningArgs {
    /// A social group that hosts it. Can be repeated.
    #[arg(long = "host", value_name = "GROUP")]
    hosts: Vec<String>,
    /// A record that it is linked to, and whose that is. Can be repeated.
    #[arg(long, value_name = "ENTITY[/PIPELINE[/STAGE]][=OWNER]")]
    linked: Vec<String>,
    /// With whom it is shared, and for which action: with user:anna, department:sales, department_tree:sales, user_group:auditors,
    /// social_group:launch, signed_in or everyone. Can be repeated.
    #[arg(long, value_name = "SUBJECT=ACTION", value_parser = shared)]
    shared: Vec<(Subject, String)>,
}

fn shared(text: &str) -> Result<(Subject, String), String> {
    let (subject, action) = text.rsplit_once('=').ok_or("a share is written SUBJECT=ACTION")?;
    let (kind, key) = subject.split_once(':').unwrap_or((subject, ""));
    let subject = match (kind, key) {
        ("signed_in", "") => Subject::SignedIn,
        ("everyone", "") => Subject::Everyone,
        (_, "") => return Err(format!("`{subject}` names nobody")),
        ("user", _) => Subject::User(key.into()),
        ("department", _) => Subject::Department(key.into()),
        ("department_tree", _) => Subject::DepartmentTree(key.into()),
        ("user_group", _) => Subject::UserGroup(key.into()),
        ("social_group", _) => Subject::SocialGroup(key.into(), Rank::Member),
        _ => return Err(format!("there is no kind of subject `{kind}`")),
    };
    Ok((subject, action.to_owned()))
}

/// The same, looked up.
pub(crate) struct Openings {
    hosts: Vec<Handle<SocialGroup>>,
    linked: Vec<Record<'static>>,
    shares: Vec<(Grantee, [Handle<Action>; 1])>,
}

impl OpeningArgs {
    pub(crate) fn look_up(&self, facts: &mut Facts<'_>) -> Openings {
        let hosts = self.hosts.iter().map(|key| facts.social_group(key)).collect();
        let linked = self.linked.iter().map(|text| linked(text, facts)).collect();
        let shares = self.shared.iter().map(|(subject, action)| {
            let action = facts.action(action, "--shared");
            (facts.snapshot.grantee(subject), [action])
        });
        Openings { hosts, linked, shares: shares.collect() }
    }
}

fn linked(text: &str, facts: &mut Facts<'_>) -> Record<'static> {
    let (at, owner) = text.split_once('=').map_or((text, None), |(at, owner)| (at, Some(owner)));
    let mut path = at.splitn(3, '/');
    let place = facts.place(path.next().unwrap_or_default(), path.next(), path.next());
    let record = Record::at(place);
    match owner {
        Some(owner) => record.owner(facts.user(owner, "--linked")),
        None => record,
    }
}

impl Openings {
    pub(crate) fn all(&self) -> Vec<Opening<'_>> {
        let hosts = self.hosts.iter().copied().map(Opening::Hosted);
        let linked = self.linked.iter().map(Opening::Linked);
        let shares = self.shares.iter().map(|(with, actions)| Opening::Shared(Share::new(*with, actions)));
        linked.chain(hosts).chain(shares).collect()
    }
}
