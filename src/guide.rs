//! The guide: prose with examples that compile.

#[doc = include_str!("../guide/concepts.md")]
pub mod concepts {}

#[doc = include_str!("../guide/combining.md")]
pub mod combining {}

#[doc = include_str!("../guide/conflicts.md")]
pub mod conflicts {}

#[doc = include_str!("../guide/cookbook.md")]
pub mod cookbook {}

#[doc = include_str!("../guide/for_a_while.md")]
pub mod for_a_while {}

#[doc = include_str!("../guide/tasks.md")]
pub mod tasks {}

#[doc = include_str!("../guide/telephony.md")]
pub mod telephony {}

#[doc = include_str!("../guide/open_lines.md")]
pub mod open_lines {}

#[doc = include_str!("../guide/help_desk.md")]
pub mod help_desk {}

#[doc = include_str!("../guide/disk.md")]
pub mod disk {}

#[doc = include_str!("../guide/business_processes.md")]
pub mod business_processes {}

#[doc = include_str!("../guide/portal.md")]
pub mod portal {}

#[doc = include_str!("../guide/social_groups.md")]
pub mod social_groups {}

#[doc = include_str!("../guide/support_access.md")]
pub mod support_access {}
#[doc = include_str!("../guide/one_record.md")]
pub mod one_record {}

#[doc = include_str!("../guide/whose_it_is.md")]
pub mod whose_it_is {}

#[doc = include_str!("../guide/row_filters.md")]
pub mod row_filters {}

#[doc = include_str!("../guide/explanations.md")]
pub mod explanations {}

#[doc = include_str!("../guide/reviews.md")]
pub mod reviews {}

#[doc = include_str!("../guide/codes.md")]
pub mod codes {}

#[doc = include_str!("../guide/standing_in.md")]
pub mod standing_in {}

#[cfg(feature = "document")]
#[doc = include_str!("../guide/documents.md")]
pub mod documents {}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
