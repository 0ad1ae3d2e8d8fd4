//! The organisation of the example: a firm that sells coffee machines and looks after them.
//!
//! An application has this in its database, and fills a [`Directory`] from there.

use bailiwick::{Department, Directory, User, UserGroup};

/// Department, the one above, its head, who else sits in it.
const DEPARTMENTS: [(&str, Option<&str>, &str, &[&str]); 13] = [
    ("company", None, "daria", &["lev"]),
    ("sales", Some("company"), "hanna", &["mark"]),
    ("north", Some("sales"), "nina", &["anna", "boris", "vera", "timur"]),
    ("south", Some("sales"), "stepan", &["olga", "pavel", "gleb", "yana"]),
    ("key_accounts", Some("sales"), "kirill", &["inga", "roman"]),
    ("call_centre", Some("sales"), "clara", &["egor", "zoya", "fedor"]),
    ("night_calls", Some("call_centre"), "noel", &["ivan", "ada"]),
    ("marketing", Some("company"), "marina", &["denis", "sofia"]),
    ("service", Some("company"), "viktor", &["artem", "lidia", "maxim"]),
    ("workshop", Some("service"), "grigory", &["savva", "nikita"]),
    ("stock", Some("company"), "stanislav", &["ksenia"]),
    ("finance", Some("company"), "elena", &["polina"]),
    ("it", Some("company"), "ilya", &["arkady"]),
];

/// Everybody: 13 departments, 42 people of whom two sit in none, a group for the interns.
pub(crate) fn directory() -> Directory {
    let mut directory = Directory::new();
    for (key, above, head, members) in DEPARTMENTS {
        let department = Department::new(key).head(head);
        directory.add(match above {
            Some(above) => department.below(above),
            None => department,
        });
        for member in [head].iter().chain(members) {
            // Pavel works half of the week for the key accounts, and yana has left.
            let user = User::new(*member).sits_in(key);
            directory.add(match *member {
                "pavel" => user.sits_in("key_accounts"),
                "yana" => user.dismissed(),
                _ => user,
            });
        }
    }
    directory
        .with(User::new("partner"))
        .with(User::new("root").administrator())
        .with(UserGroup::new("interns").member("gleb").member("timur"))
}
