//! Delegation: what an administrator may hand on.

/// What whoever assigns roles may give. Asked with [`Access::may_assign`](crate::Access::may_assign); compiling asks nobody, for a
/// policy does not say who wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Delegation {
    /// Any role.
    #[default]
    Free,
    /// Roles that give nothing which he does not have himself.
    OwnRightsOnly,
}
