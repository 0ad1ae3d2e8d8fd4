//! The trees of departments as intervals.
//!
//! Departments are renumbered in depth-first order, so that everything below a department is one interval, and "is below"
//! is two comparisons at any depth.

use crate::directory::{Department, Directory};
use crate::index::{Ix, IxVec, Names};
use crate::key::{Handle, Key, KeyRef};
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};

/// A department's number in depth-first order. Marks positions only.
#[derive(Debug)]
pub(crate) enum Walk {}

/// The departments of a directory.
#[derive(Debug)]
pub(crate) struct Departments {
    names: Names<Department>,
    walk: IxVec<Department, Ix<Walk>>,
    nodes: IxVec<Walk, Node>,
    /// The first number that is no longer below; apart, because every check asks it and nothing else.
    ends: IxVec<Walk, u32>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    department: Ix<Department>,
    above: Option<Ix<Walk>>,
    /// Switched on, with everything above.
    active: bool,
}

impl Departments {
    /// The most departments that a directory can have: the number shares its word with six bits.
    pub(crate) const LIMIT: usize = (1 << 26) - 1;

    pub(crate) fn compile(directory: &Directory, findings: &mut Findings) -> Self {
        let declared =
            Declared { part: Part::Directory, noun: Noun::Department, list: "/departments", key: "/key" };
        let names = declared.number(directory.departments.iter().map(|department| &department.key), findings);
        findings.limit(Part::Directory, "/departments", Noun::Department, Self::LIMIT, names.len());
        let parents = parents(directory, &names, findings);
        report_cycles(&names, &parents, findings);
        let mut departments =
            Self { walk: IxVec::default(), nodes: IxVec::default(), ends: IxVec::default(), names };
        departments.number(directory, &parents);
        departments
    }

    /// Numbers depth first, from every root in the order of the directory. Departments in a circle hang on no root; they
    /// have been reported and stay unnumbered.
    fn number(&mut self, directory: &Directory, parents: &IxVec<Department, Option<Ix<Department>>>) {
        let mut children: IxVec<Department, Vec<Ix<Department>>> =
            parents.values().iter().map(|_| Vec::new()).collect();
        let mut open: Vec<Step> = Vec::new();
        for (ix, parent) in parents.iter().rev() {
            match parent.and_then(|parent| children.get_mut(parent)) {
                Some(siblings) => siblings.push(ix),
                None => open.push(Step::Enter(ix, None)),
            }
        }
        let mut walk: IxVec<Department, Ix<Walk>> =
            parents.values().iter().map(|_| Ix::new(u32::MAX)).collect();
        while let Some(step) = open.pop() {
            match step {
                Step::Leave(number) => {
                    let end = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
                    if let Some(slot) = self.ends.get_mut(number) {
                        *slot = end;
                    }
                }
                Step::Enter(department, above) => {
                    let active = above.is_none_or(|above| self.is_active(above))
                        && directory.departments.get(department.as_usize()).is_some_and(|it| it.active);
                    let number = self.nodes.push(Node { department, above, active });
                    self.ends.push(0);
                    if let Some(slot) = walk.get_mut(department) {
                        *slot = number;
                    }
                    open.push(Step::Leave(number));
                    let below = children.get(department).into_iter().flatten();
                    open.extend(below.map(|child| Step::Enter(*child, Some(number))));
                }
            }
        }
        self.walk = walk;
    }

    pub(crate) fn find(&self, key: &Key<Department>) -> Option<Ix<Walk>> {
        self.walk.get(self.names.find(key.borrow())?).copied()
    }

    /// The handle of the department with this key.
    pub(crate) fn handle(&self, key: KeyRef<'_>) -> Option<Handle<Department>> {
        self.names.handle(key)
    }

    /// The number of the department that a handle means here.
    pub(crate) fn accept(&self, handle: Handle<Department>) -> Option<Ix<Walk>> {
        self.walk.get(self.names.accept(handle)?).copied()
    }

    pub(crate) fn is_active(&self, number: Ix<Walk>) -> bool {
        self.nodes.get(number).is_some_and(|node| node.active)
    }

    /// The first number that is no longer below the department.
    #[inline]
    pub(crate) fn end(&self, number: Ix<Walk>) -> u32 {
        self.ends.get(number).copied().unwrap_or(0)
    }

    /// The department and everything below it.
    pub(crate) fn tree(&self, number: Ix<Walk>) -> impl Iterator<Item = Ix<Walk>> + use<> {
        (number.position()..self.end(number)).map(Ix::new)
    }

    /// Whether any of the departments is this one or lies below it.
    pub(crate) fn contain(&self, root: Ix<Walk>, departments: &[Ix<Walk>]) -> bool {
        let tree = root.position()..self.end(root);
        departments.iter().any(|at| tree.contains(&at.position()))
    }

    pub(crate) fn key(&self, number: Ix<Walk>) -> Option<&Key<Department>> {
        self.names.key(self.nodes.get(number)?.department)
    }

    /// The department and all that it hangs below, the nearest first.
    pub(crate) fn upward(&self, number: Ix<Walk>) -> impl Iterator<Item = Ix<Walk>> {
        std::iter::successors(Some(number), |at| self.nodes.get(*at)?.above)
    }

    /// Every active department and its number, in the order of the numbers.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = (&Key<Department>, u32)> {
        let active = self.nodes.positions().filter(|number| self.is_active(*number));
        active.filter_map(|number| Some((self.key(number)?, number.position())))
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

enum Step {
    Enter(Ix<Department>, Option<Ix<Walk>>),
    Leave(Ix<Walk>),
}

fn parents(
    directory: &Directory,
    names: &Names<Department>,
    findings: &mut Findings,
) -> IxVec<Department, Option<Ix<Department>>> {
    let mut parents = IxVec::default();
    for (at, department) in directory.departments.iter().enumerate() {
        let parent = department.parent.as_ref().and_then(|key| {
            let found = names.find(key.borrow());
            if found.is_none() {
                let kind = ProblemKind::Dangling { noun: Noun::Department, key: key.to_string() };
                findings.add(Part::Directory, format!("/departments/{at}/parent"), kind);
            }
            found
        });
        parents.push(parent);
    }
    parents
}

/// Reports every circle once, at its first department.
fn report_cycles(
    names: &Names<Department>,
    parents: &IxVec<Department, Option<Ix<Department>>>,
    findings: &mut Findings,
) {
    const UNSEEN: u32 = 0;
    let mut seen_from: IxVec<Department, u32> = parents.values().iter().map(|_| UNSEEN).collect();
    for start in parents.positions() {
        let walk = start.position() + 1;
        let mut at = start;
        while let Some(seen) = seen_from.get_mut(at).filter(|seen| **seen == UNSEEN) {
            *seen = walk;
            let Some(parent) = parents.get(at).copied().flatten() else { break };
            at = parent;
        }
        let closed = parents.get(at).copied().flatten().is_some() && seen_from.get(at) == Some(&walk);
        if closed && reaches_itself(at, parents) {
            let path = circle(at, parents).filter_map(|ix| names.key(ix)).map(Key::to_string).collect();
            let pointer = format!("/departments/{}/parent", at.position());
            findings.add(Part::Directory, pointer, ProblemKind::DepartmentCycle { path });
        }
    }
}

/// From a department up and round to itself again.
fn circle(
    start: Ix<Department>,
    parents: &IxVec<Department, Option<Ix<Department>>>,
) -> impl Iterator<Item = Ix<Department>> {
    let mut home = false;
    std::iter::successors(Some(start), move |at| {
        let next = parents.get(*at).copied().flatten()?;
        let done = std::mem::replace(&mut home, next == start);
        (!done).then_some(next)
    })
}

fn reaches_itself(start: Ix<Department>, parents: &IxVec<Department, Option<Ix<Department>>>) -> bool {
    circle(start, parents).take(parents.len() + 1).skip(1).any(|at| at == start)
}
