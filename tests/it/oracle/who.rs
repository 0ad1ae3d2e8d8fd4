//! Who is in what, followed link by link.

use bailiwick::{Department, Key, Moment, Rank, Subject, Unit, User, UserGroup};

use super::view::View;

impl<'a> View<'a> {
    /// Sections 1.1 to 1.5, 12.3.1. Visitors are in "everyone" alone.
    pub(super) fn is_in(&self, subject: &Subject, at: Moment) -> bool {
        let Some(viewer) = self.viewer else { return *subject == Subject::Everyone };
        let mine = self.departments_of(viewer);
        let active = || self.directory.departments.iter().filter(|it| self.is_active(it));
        let is = |unit: &Unit, it: &Department| match unit {
            Unit::Anywhere => true,
            Unit::Of(key) => it.key == *key,
        };
        match subject {
            Subject::Everyone | Subject::SignedIn => true,
            Subject::Administrators => viewer.administrator,
            Subject::User(key) => viewer.key == *key,
            Subject::Employee(key) => viewer.key == *key && !mine.is_empty(),
            Subject::Department(key) => mine.iter().any(|it| it.key == *key),
            Subject::DepartmentTree(key) => mine.iter().any(|it| self.is_within(it, key)),
            Subject::Employees(unit) => mine.iter().any(|it| is(unit, it)),
            Subject::Heads(unit) => active().any(|it| is(unit, it) && it.heads.contains(&viewer.key)),
            Subject::Deputies(unit) => active().any(|it| is(unit, it) && it.deputies.contains(&viewer.key)),
            Subject::UserGroup(key) => self.is_member(&viewer.key, key, at, &mut Vec::new()),
            Subject::SocialGroup(key, rank) => {
                let group = self.directory.social_groups.iter().find(|group| group.key == *key);
                group.is_some_and(|group| match rank {
                    Rank::Owner => group.owner == viewer.key,
                    Rank::Moderator => group.owner == viewer.key || group.moderators.contains(&viewer.key),
                    Rank::Member => [&group.owner]
                        .into_iter()
                        .chain(&group.moderators)
                        .chain(&group.members)
                        .any(|key| *key == viewer.key),
                })
            }
            Subject::Author => false,
        }
    }

    fn is_member<'k>(
        &'k self,
        user: &Key<User>,
        group: &'k Key<UserGroup>,
        at: Moment,
        asked: &mut Vec<&'k Key<UserGroup>>,
    ) -> bool {
        let group = self.directory.user_groups.iter().find(|other| other.key == *group);
        let Some(group) = group.filter(|group| group.active && !asked.contains(&&group.key)) else {
            return false;
        };
        asked.push(&group.key);
        group.members.iter().any(|member| member.user == *user && member.window.contains(at))
            || group.includes.iter().any(|included| self.is_member(user, included, at, asked))
    }

    /// Section 1.3.3: where he sits or what he heads, of what is switched on.
    pub(super) fn departments_of(&self, user: &User) -> Vec<&'a Department> {
        let his = |it: &&Department| user.departments.contains(&it.key) || it.heads.contains(&user.key);
        self.directory.departments.iter().filter(|it| his(it) && self.is_active(it)).collect()
    }

    fn parent(&self, department: &Department) -> Option<&'a Department> {
        let parent = department.parent.as_ref()?;
        self.directory.departments.iter().find(|it| it.key == *parent)
    }

    pub(super) fn is_active(&self, department: &Department) -> bool {
        department.active && self.parent(department).is_none_or(|parent| self.is_active(parent))
    }

    /// Whether it is the department with this key, or lies below it at any depth.
    pub(super) fn is_within(&self, department: &Department, key: &Key<Department>) -> bool {
        department.key == *key || self.parent(department).is_some_and(|parent| self.is_within(parent, key))
    }
}
