//! Organisations: forests of departments, some switched off; people who sit in several, head others or left; groups that
//! include each other, in circles too, for a while.

use bailiwick::preset::Preset;
use bailiwick::{
    Department, Directory, Key, Moment, SocialGroup, TicketGroup, TicketMember, User, UserGroup, Window,
};

use crate::generate::{Dice, Recipe};

/// The moments that are asked about; windows begin and end at them or right beside.
pub(crate) const MOMENTS: [Moment; 8] = [
    Moment::MIN,
    Moment::from_unix_seconds(99),
    Moment::from_unix_seconds(100),
    Moment::from_unix_seconds(150),
    Moment::from_unix_seconds(200),
    Moment::from_unix_seconds(201),
    Moment::from_unix_seconds(300),
    Moment::MAX,
];

/// A window, more often than not without limits.
pub(crate) fn window(dice: &mut Dice) -> Window {
    let at = Moment::from_unix_seconds;
    let windows = [
        Window::from(at(100)),
        Window::from(at(201)),
        Window::ALWAYS.until(at(100)),
        Window::ALWAYS.until(at(199)),
        Window::from(at(100)).until(at(200)),
        Window::from(at(101)).until(at(199)),
        Window::from(at(200)).until(at(200)),
        Window::from(Moment::MIN).until(at(300)),
        Window::from(at(300)).until(Moment::MAX),
    ];
    if dice.percent(60) { Window::ALWAYS } else { *dice.pick(&windows) }
}

pub(crate) fn directory(recipe: &Recipe) -> Directory {
    let names = |noun, count| (0..count).map(|n| recipe.naming.key(noun, n)).collect::<Vec<_>>();
    let departments: Vec<Key<Department>> =
        (0..recipe.departments).map(|n| recipe.naming.key("department", n)).collect();
    let users: Vec<Key<User>> = (0..recipe.users).map(|n| recipe.naming.key("user", n)).collect();
    let groups: Vec<Key<UserGroup>> = names("group", recipe.groups);
    let mut directory = Directory::new();
    for at in 0..departments.len() {
        directory.departments.push(department(recipe, at, &departments, &users));
    }
    for (at, key) in users.iter().enumerate() {
        directory.users.push(user(recipe, at, key, &departments));
    }
    for (at, key) in groups.iter().enumerate() {
        directory.user_groups.push(user_group(recipe, at, key, &groups, &users));
    }
    for at in 0..recipe.groups.min(2) {
        directory.social_groups.push(social_group(recipe, at, &users));
    }
    for at in 0..recipe.groups.min(3) {
        directory.ticket_groups.push(ticket_group(recipe, at, &users));
    }
    let mut dice = recipe.dice("order", 0);
    dice.shuffle(&mut directory.departments);
    dice.shuffle(&mut directory.user_groups);
    dice.shuffle(&mut directory.ticket_groups);
    directory
}

/// The department and the groups that the preset's assignments name, with some people.
pub(crate) fn installed(recipe: &Recipe, preset: &Preset, directory: &mut Directory) {
    let mut dice = recipe.dice("company", 0);
    let users: Vec<Key<User>> = directory.users.iter().map(|user| user.key.clone()).collect();
    directory.departments.push(Department::new("company"));
    for user in &mut directory.users {
        if dice.percent(40) {
            user.departments.push("company".into());
        }
    }
    let named = ["direction", "marketing_and_sales"].map(UserGroup::new);
    for group in named.into_iter().chain(preset.directory().user_groups) {
        let some = dice.some(&users, 4);
        directory.user_groups.push(some.iter().fold(group, |group, user| group.member(user)));
    }
}

fn department(recipe: &Recipe, at: usize, all: &[Key<Department>], users: &[Key<User>]) -> Department {
    let mut dice = recipe.dice("department", at);
    let mut department = Department::new(&all[at]);
    if at > 0 && dice.percent(80) {
        department = department.below(dice.pick(&all[..at]));
    }
    if dice.percent(12) {
        department = department.switched_off();
    }
    let several = if dice.percent(50) { 2 } else { 0 };
    department.heads = dice.some(users, several);
    department.deputies = dice.some(users, 1);
    department
}

fn user(recipe: &Recipe, at: usize, key: &Key<User>, departments: &[Key<Department>]) -> User {
    let mut dice = recipe.dice("user", at);
    let mut user = User::new(key);
    let several = if dice.percent(30) { 3 } else { 1 };
    user.departments = dice.some(departments, several);
    user.dismissed = dice.percent(12);
    user.administrator = dice.percent(12);
    user.seat = !dice.percent(12);
    user
}

fn user_group(
    recipe: &Recipe,
    at: usize,
    key: &Key<UserGroup>,
    all: &[Key<UserGroup>],
    users: &[Key<User>],
) -> UserGroup {
    let mut dice = recipe.dice("group", at);
    let mut group = UserGroup::new(key);
    for user in dice.some(users, 3) {
        let (first, again) = (window(&mut dice), window(&mut dice));
        group = group.member_during(&user, first);
        if first != again && dice.percent(20) {
            group = group.member_during(&user, again);
        }
    }
    group.includes = dice.some(all, 2);
    group.active = dice.percent(80);
    group
}

fn social_group(recipe: &Recipe, at: usize, users: &[Key<User>]) -> SocialGroup {
    let mut dice = recipe.dice("social group", at);
    let mut people = users.to_vec();
    dice.shuffle(&mut people);
    let mut people = people.into_iter();
    let owner = people.next().expect("a world has users");
    let mut group = SocialGroup::new(recipe.naming.key::<SocialGroup>("social", at), owner);
    for user in people {
        match dice.below(7) {
            0 => group.moderators.push(user),
            1 | 2 => group.members.push(user),
            3 => group.pending.push(user),
            4 => group.banned.push(user),
            _ => {}
        }
    }
    group
}

fn ticket_group(recipe: &Recipe, at: usize, users: &[Key<User>]) -> TicketGroup {
    let mut dice = recipe.dice("ticket group", at);
    let key = recipe.naming.key::<TicketGroup>("tickets", at);
    let mut group = if dice.percent(50) { TicketGroup::of_staff(key) } else { TicketGroup::of_clients(key) };
    for user in dice.some(users, 4) {
        let mut member = TicketMember::new(user);
        member.sees = dice.percent(50);
        member.told_of_new = dice.percent(50);
        member.told_of_changes = dice.percent(50);
        group.members.push(member);
    }
    group
}
