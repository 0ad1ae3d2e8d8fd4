//! Arbitrary values for the round trips, with keys of every kind that JSON has to escape.

use bailiwick::{
    Among, Assignment, Audience, Change, Combining, Delegation, Department, Directory, Entity, Extent,
    FeatureRule, Flag, Freedom, Grain, Key, Ladder, Level, Limit, Membership, Moment, Offer, OperationRule,
    OwnAudience, Party, PartyRule, Pipeline, Place, Policy, Principals, Rank, Relations, Right, RightRef,
    Role, Rung, SocialGroup, Subject, Substitution, Targets, TicketGroup, TicketMember, Transition, Unit,
    User, UserGroup, Vocabulary, Window,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;

fn key<T: 'static>() -> impl Strategy<Value = Key<T>> {
    prop_oneof![
        (0..20_i64).prop_map(Key::from),
        any::<i64>().prop_map(Key::from),
        any::<u64>().prop_map(Key::from),
        select(vec![
            "a", "sales", "party:x", "/", "~1", "\"", "\\u0000", "\u{0}", "\n", "é", "日本", "🦀", ""
        ])
        .prop_map(Key::from),
        any::<String>().prop_map(Key::from),
    ]
}

fn keys<T: 'static>() -> impl Strategy<Value = Vec<Key<T>>> {
    vec(key(), 0..4)
}

/// Any window whose ends have a text.
fn window() -> impl Strategy<Value = Window> {
    let end = || option::of((-62_167_219_200_i64..=253_402_300_799).prop_map(Moment::from_unix_seconds));
    (end(), end()).prop_map(|(first, last)| {
        Window::from(first.unwrap_or(Moment::MIN)).until(last.unwrap_or(Moment::MAX))
    })
}

fn department() -> impl Strategy<Value = Department> {
    (key(), option::of(key()), keys(), keys(), any::<bool>()).prop_map(
        |(key, parent, heads, deputies, active)| {
            let mut department = Department::new(key);
            department.parent = parent;
            department.heads = heads;
            department.deputies = deputies;
            department.active = active;
            department
        },
    )
}

fn user() -> impl Strategy<Value = User> {
    (key(), keys(), any::<[bool; 3]>()).prop_map(|(key, departments, [dismissed, administrator, seat])| {
        let mut user = User::new(key);
        user.departments = departments;
        user.dismissed = dismissed;
        user.administrator = administrator;
        user.seat = seat;
        user
    })
}

fn membership() -> impl Strategy<Value = Membership> {
    (key(), window()).prop_map(|(user, window)| Membership::new(user, window))
}

fn user_group() -> impl Strategy<Value = UserGroup> {
    (key(), vec(membership(), 0..4), keys(), any::<bool>()).prop_map(|(key, members, includes, active)| {
        let mut group = UserGroup::new(key);
        group.members = members;
        group.includes = includes;
        group.active = active;
        group
    })
}

fn social_group() -> impl Strategy<Value = SocialGroup> {
    (key(), key(), keys(), keys(), keys(), keys()).prop_map(
        |(key, owner, moderators, members, pending, banned)| {
            let mut group = SocialGroup::new(key, owner);
            group.moderators = moderators;
            group.members = members;
            group.pending = pending;
            group.banned = banned;
            group
        },
    )
}

fn audience() -> impl Strategy<Value = Audience> {
    select(Audience::ALL.to_vec())
}

fn hosting_group() -> impl Strategy<Value = SocialGroup> {
    let own = (key(), audience()).prop_map(|(operation, audience)| OwnAudience::new(operation, audience));
    (social_group(), any::<[bool; 4]>(), keys(), vec(own, 0..3)).prop_map(|(mut group, is, without, own)| {
        [group.visible, group.open, group.archived, group.extranet] = is;
        group.without = without;
        group.audiences = own;
        group
    })
}

fn feature() -> impl Strategy<Value = FeatureRule> {
    let operation = (key(), audience(), option::of(audience()), any::<bool>(), vec(audience(), 0..7))
        .prop_map(|(key, default, in_open, for_viewing, audiences)| {
            let mut operation = OperationRule::new(key, default).audiences(audiences);
            operation.default_in_open = in_open;
            operation.for_viewing = for_viewing;
            operation
        });
    (key(), vec(operation, 0..3), freedom()).prop_map(|(key, operations, administrators)| {
        let mut feature = FeatureRule::new(key).administrators(administrators);
        feature.operations = operations;
        feature
    })
}

fn ticket_member() -> impl Strategy<Value = TicketMember> {
    (key(), any::<[bool; 3]>()).prop_map(|(user, flags)| {
        let mut member = TicketMember::new(user);
        [member.sees, member.told_of_new, member.told_of_changes] = flags;
        member
    })
}

fn ticket_group() -> impl Strategy<Value = TicketGroup> {
    (key(), any::<bool>(), vec(ticket_member(), 0..4)).prop_map(|(key, staff, members)| {
        let mut group = if staff { TicketGroup::of_staff(key) } else { TicketGroup::of_clients(key) };
        group.members = members;
        group
    })
}

pub(super) fn directory() -> impl Strategy<Value = Directory> {
    let groups = (vec(user_group(), 0..3), vec(hosting_group(), 0..3), vec(ticket_group(), 0..3));
    (vec(department(), 0..4), vec(user(), 0..4), groups).prop_map(
        |(departments, users, (user_groups, social_groups, ticket_groups))| {
            let mut directory = Directory::new();
            directory.departments = departments;
            directory.users = users;
            directory.user_groups = user_groups;
            directory.social_groups = social_groups;
            directory.ticket_groups = ticket_groups;
            directory
        },
    )
}

fn place() -> impl Strategy<Value = Place> {
    (key(), option::of((key(), option::of(key())))).prop_map(|(entity, finer)| {
        let place = Place::entity(entity);
        match finer {
            None => place,
            Some((pipeline, None)) => place.pipeline(pipeline),
            Some((pipeline, Some(stage))) => place.pipeline(pipeline).stage(stage),
        }
    })
}

fn right() -> impl Strategy<Value = Right> {
    (place(), key(), key()).prop_map(|(place, action, level)| Right::new(place, action, level))
}

fn transition() -> impl Strategy<Value = Transition> {
    let targets = prop_oneof![Just(Targets::Any), keys().prop_map(Targets::Stages)];
    (place(), targets).prop_map(|(from, to)| Transition::new(from, to))
}

fn role() -> impl Strategy<Value = Role> {
    (key(), vec(right(), 0..4), vec(transition(), 0..3), keys()).prop_map(
        |(key, rights, transitions, supersedes)| {
            let mut role = Role::new(key);
            role.rights = rights;
            role.transitions = transitions;
            role.supersedes = supersedes;
            role
        },
    )
}

fn rank() -> impl Strategy<Value = Rank> {
    select(vec![Rank::Owner, Rank::Moderator, Rank::Member])
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Anywhere), key().prop_map(Unit::Of)]
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        key().prop_map(Subject::User),
        key().prop_map(Subject::Employee),
        key().prop_map(Subject::Department),
        key().prop_map(Subject::DepartmentTree),
        key().prop_map(Subject::UserGroup),
        (key(), rank()).prop_map(|(key, rank)| Subject::SocialGroup(key, rank)),
        unit().prop_map(Subject::Heads),
        unit().prop_map(Subject::Deputies),
        unit().prop_map(Subject::Employees),
        select(vec![Subject::Administrators, Subject::SignedIn, Subject::Everyone, Subject::Author]),
    ]
}

fn assignment() -> impl Strategy<Value = Assignment> {
    let apart = (option::of(key()), option::of(key()), any::<bool>(), option::of(any::<String>()));
    let terms = (window(), keys());
    (key(), subject(), terms, apart).prop_map(|(role, to, (window, when), apart)| {
        let mut assignment = Assignment::new(role, to).during(window).when(when);
        (assignment.within, assignment.audited_as, assignment.audits_everything, assignment.reason) = apart;
        assignment
    })
}

pub(super) fn policy() -> impl Strategy<Value = Policy> {
    let combining = select(vec![Combining::MostSpecific, Combining::MostPermissive]);
    let combining = (combining, select(vec![Delegation::Free, Delegation::OwnRightsOnly]));
    let holdings = (vec(assignment(), 0..4), vec(substitution(), 0..3), vec(limit(), 0..3));
    (combining, vec(role(), 0..4), holdings).prop_map(|((combining, delegation), roles, holdings)| {
        let mut policy = Policy::new(Vocabulary::new()).combining(combining).delegation(delegation);
        policy.roles = roles;
        (policy.assignments, policy.substitutions, policy.limits) = holdings;
        policy
    })
}

fn substitution() -> impl Strategy<Value = Substitution> {
    let extent = (option::of(place()), option::of(keys())).prop_map(|(place, actions)| {
        let mut extent = Extent::everywhere();
        (extent.place, extent.actions) = (place, actions);
        extent
    });
    let only = option::of(vec(extent, 0..3));
    (key(), key(), window(), only, option::of(any::<String>())).prop_map(
        |(absent, substitute, window, only, reason)| {
            let mut substitution = Substitution::new(absent, substitute).during(window);
            (substitution.only, substitution.reason) = (only, reason);
            substitution
        },
    )
}

fn limit() -> impl Strategy<Value = Limit> {
    let among = (among(key()), among(place()));
    (key(), subject(), window(), keys(), keys(), among, any::<bool>()).prop_map(
        |(key, on, window, when, unless, (actions, places), spares_administrators)| {
            let mut limit = Limit::new(key, on).during(window).when(when).unless(unless);
            (limit.actions, limit.places) = (actions, places);
            limit.spares_administrators = spares_administrators;
            limit
        },
    )
}

fn among<T: Clone + std::fmt::Debug + 'static>(
    item: impl Strategy<Value = T>,
) -> impl Strategy<Value = Among<T>> {
    (vec(item, 0..3), 0..3_usize).prop_map(|(named, which)| match which {
        0 => Among::All,
        1 => Among::These(named),
        _ => Among::AllBut(named),
    })
}

/// Relations that a vocabulary with this many parties and flags can speak of.
fn relations(parties: usize, flags: usize) -> impl Strategy<Value = Relations> {
    let parties = (0..parties as u8).map(|number| Party::nth(number).relation());
    let flags = (0..flags as u8).map(|number| Flag::nth(number).relation());
    let declared = parties.chain(flags).fold(
        Relations::COUNTABLE
            | Relations::ELSEWHERE
            | Relations::LINKED
            | Relations::HOSTED
            | Relations::SHARED
            | Relations::ALWAYS,
        |all, relation| all | relation,
    );
    any::<u64>().prop_map(move |bits| Relations::from_bits_truncate(bits) & declared)
}

fn offer(parties: usize, flags: usize) -> impl Strategy<Value = Offer> {
    let grain = select(vec![Grain::Entity, Grain::Pipeline, Grain::Stage]);
    let through = vec((key(), key()).prop_map(|(entity, action)| RightRef { entity, action }), 0..3);
    (key(), keys(), grain, keys(), relations(parties, flags), any::<bool>(), (through, option::of(key())))
        .prop_map(|(action, levels, grain, requires, standing, by_settings, (through, hosted_by))| {
            let mut offer = Offer::new(action).levels(levels).finest(grain).standing(standing);
            offer.requires = requires;
            offer.by_settings = by_settings;
            offer.hosted_by = hosted_by;
            offer.through = through;
            offer
        })
}

fn freedom() -> impl Strategy<Value = Freedom> {
    prop_oneof![Just(Freedom::Always), Just(Freedom::Never), key().prop_map(Freedom::When)]
}

fn entity(parties: usize, flags: usize) -> impl Strategy<Value = Entity> {
    let pipeline = (key(), keys()).prop_map(|(key, stages)| Pipeline::new(key, stages));
    let right = (key(), key()).prop_map(|(entity, action)| RightRef { entity, action });
    let bound = (option::of(key()), option::of(key()), option::of(key()));
    let flags_of = (any::<bool>(), any::<bool>(), freedom());
    (key(), vec(offer(parties, flags), 0..3), vec(pipeline, 0..3), bound, flags_of, option::of(right))
        .prop_map(
            |(
                key,
                offers,
                pipelines,
                (reads_by, creates_by, updates_by),
                (admits, moves, administrators),
                settings,
            )| {
                let mut entity = Entity::new(key);
                entity.offers = offers;
                entity.pipelines = pipelines;
                entity.reads_by = reads_by;
                entity.creates_by = creates_by;
                entity.updates_by = updates_by;
                entity.admits_to_application = admits;
                entity.moves_freely = moves;
                entity.settings = settings;
                entity.administrators = administrators;
                entity
            },
        )
}

fn ladder() -> impl Strategy<Value = Ladder> {
    let rung = (key(), keys()).prop_map(|(key, gives)| Rung::new(key).gives(gives));
    (key(), vec(rung, 0..3), keys(), keys(), option::of(key()), any::<bool>()).prop_map(
        |(key, rungs, moved_by, received_by, shared_by, signed_in_only)| {
            let mut ladder = Ladder::new(key).moved_by(moved_by, received_by);
            ladder.rungs = rungs;
            ladder.shared_by = shared_by;
            ladder.signed_in_only = signed_in_only;
            ladder
        },
    )
}

pub(super) fn vocabulary() -> impl Strategy<Value = Vocabulary> {
    let names = || proptest::collection::btree_set(key::<()>(), 0..=8);
    (names(), names()).prop_flat_map(|(parties, flags)| {
        let (p, f) = (parties.len(), flags.len());
        let principals = (1_u8..8).prop_map(Principals::from_bits_truncate);
        let counts = vec((relations(0, 0), principals), p);
        let levels = vec((key(), relations(p, f)).prop_map(|(key, set)| Level::new(key, set)), 0..4);
        (
            Just(parties),
            Just(flags),
            counts,
            levels,
            keys(),
            vec(entity(p, f), 0..3),
            keys(),
            (vec(ladder(), 0..3), vec(feature(), 0..3)),
        )
            .prop_map(
                |(parties, flags, counts, levels, actions, entities, circumstances, (ladders, features))| {
                    let mut vocabulary = Vocabulary::new();
                    for (key, (counts, principals)) in parties.into_iter().zip(counts) {
                        let rule = PartyRule::new(key.text().as_ref()).counts_for(counts);
                        let rule = rule.principals(principals);
                        vocabulary = vocabulary.party(rule);
                    }
                    vocabulary.flags = flags.into_iter().map(|key| Key::new(&key.text())).collect();
                    vocabulary.levels = levels;
                    vocabulary.actions = actions;
                    vocabulary.circumstances = circumstances;
                    vocabulary.ladders = ladders;
                    vocabulary.features = features;
                    vocabulary.entities = entities;
                    vocabulary
                },
            )
    })
}

/// Every kind of change, each as likely as the others. In boxes, for one strategy of all kinds would be too large for the stack.
pub(super) fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec(prop_oneof![15 => policy_change(), 21 => directory_change()], 0..6)
}

fn policy_change() -> BoxedStrategy<Change> {
    let cell = prop_oneof![
        (key(), right()).prop_map(|(role, right)| Change::SetRight { role, right }),
        (key(), place(), key()).prop_map(|(role, place, action)| Change::ClearRight { role, place, action }),
        (key(), transition()).prop_map(|(role, transition)| Change::SetTransition { role, transition }),
        (key(), place()).prop_map(|(role, from)| Change::ClearTransition { role, from }),
    ];
    let held = prop_oneof![
        assignment().prop_map(Change::Assign),
        assignment().prop_map(Change::Withdraw),
        substitution().prop_map(Change::Substitute),
        substitution().prop_map(Change::EndSubstitution),
    ];
    let role = prop_oneof![
        role().prop_map(Change::PutRole),
        (key(), key()).prop_map(|(role, to)| Change::RenameRole { role, to }),
        key().prop_map(Change::RemoveRole),
    ];
    let combining = select(vec![Combining::MostSpecific, Combining::MostPermissive]);
    let delegation = select(vec![Delegation::Free, Delegation::OwnRightsOnly]);
    let rule = prop_oneof![
        limit().prop_map(Change::PutLimit),
        key().prop_map(Change::RemoveLimit),
        combining.prop_map(Change::SetCombining),
        delegation.prop_map(Change::SetDelegation),
    ];
    prop_oneof![4 => cell.boxed(), 3 => role.boxed(), 4 => held.boxed(), 4 => rule.boxed()].boxed()
}

fn directory_change() -> BoxedStrategy<Change> {
    let entry = prop_oneof![
        user().prop_map(Change::PutUser),
        department().prop_map(Change::PutDepartment),
        user_group().prop_map(Change::PutUserGroup),
        hosting_group().prop_map(Change::PutSocialGroup),
        ticket_group().prop_map(Change::PutTicketGroup),
    ];
    let joining = prop_oneof![
        (key(), key()).prop_map(|(user, department)| Change::SitIn { user, department }),
        (key(), key()).prop_map(|(user, department)| Change::Leave { user, department }),
        (key(), membership()).prop_map(|(group, membership)| Change::JoinUserGroup { group, membership }),
        (key(), membership()).prop_map(|(group, membership)| Change::LeaveUserGroup { group, membership }),
        (key(), key(), rank()).prop_map(|(group, user, rank)| Change::JoinSocialGroup { group, user, rank }),
        (key(), key()).prop_map(|(group, user)| Change::LeaveSocialGroup { group, user }),
    ];
    let switch = prop_oneof![
        (key(), any::<bool>()).prop_map(|(user, dismissed)| Change::SetDismissed { user, dismissed }),
        (key(), any::<bool>())
            .prop_map(|(user, administrator)| Change::SetAdministrator { user, administrator }),
    ];
    let removal = prop_oneof![
        key().prop_map(Change::RemoveUser),
        key().prop_map(Change::RemoveDepartment),
        key().prop_map(Change::RemoveUserGroup),
        key().prop_map(Change::RemoveSocialGroup),
        key().prop_map(Change::RemoveTicketGroup),
    ];
    let group = prop_oneof![
        (key(), key()).prop_map(|(group, user)| Change::Ban { group, user }),
        (key(), ticket_member()).prop_map(|(group, member)| Change::JoinTicketGroup { group, member }),
        (key(), key()).prop_map(|(group, user)| Change::LeaveTicketGroup { group, user }),
    ];
    let person = prop_oneof![6 => joining.boxed(), 2 => switch.boxed(), 3 => group.boxed()];
    prop_oneof![5 => entry.boxed(), 5 => removal.boxed(), 11 => person].boxed()
}
