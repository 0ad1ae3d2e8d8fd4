//! Keys that would break out of a page, a table or a terminal, if they could.

use bailiwick::review::matrix::Matrix;
use bailiwick::{
    Action, Assignment, Directory, Entity, Key, Level, Moment, Offer, Pipeline, Place, Policy, Relations,
    Role, Snapshot, Subject, User, Vocabulary,
};

const SCRIPT: &str = "<script>alert('1')</script>";
const QUOTES: &str = "\"onmouseover=\"x\" it's & co";
const TABLE: &str = "|a|`b`|**c**|<!--|\\|";
const EMOJI: &str = "📞👩‍👩‍👧 звонки";
const RIGHT_TO_LEFT: &str = "עסקה מכירה";
const MARKUP: &str = "</style></td></table>&amp;";

fn long() -> String {
    "w".repeat(250)
}

/// Every key is one of the above.
fn snapshot() -> Snapshot {
    let levels = [SCRIPT, RIGHT_TO_LEFT];
    let stages = [QUOTES.to_owned(), EMOJI.to_owned(), long()];
    let offer = |action: &str| Offer::new(action).levels(levels);
    let vocabulary = Vocabulary::new()
        .level(Level::new(SCRIPT, Relations::empty()))
        .level(Level::new(RIGHT_TO_LEFT, Relations::ALWAYS))
        .actions([SCRIPT, TABLE, MARKUP])
        .entity(
            Entity::new(MARKUP)
                .offer(offer(SCRIPT))
                .offer(offer(TABLE).requires(SCRIPT))
                .offer(offer(MARKUP))
                .reads_by(SCRIPT)
                .pipeline(Pipeline::new(TABLE, stages.iter().map(String::as_str))),
        );
    let place = |stage: &str| Place::entity(MARKUP).pipeline(TABLE).stage(stage);
    let policy = Policy::new(vocabulary)
        .role(Role::new(SCRIPT).set(MARKUP, TABLE, RIGHT_TO_LEFT).set(place(QUOTES), SCRIPT, RIGHT_TO_LEFT))
        .role(Role::new(TABLE).set(place(EMOJI), TABLE, SCRIPT).set(place(&long()), MARKUP, RIGHT_TO_LEFT))
        .assign(Assignment::new(SCRIPT, Subject::Everyone))
        .assign(Assignment::new(TABLE, Subject::User(QUOTES.into())));
    let directory = Directory::new().with(User::new(QUOTES)).with(User::new(TABLE));
    Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn matrices(snapshot: &Snapshot) -> [Matrix; 2] {
    let user = |key| snapshot.access(snapshot.user(key), Moment::from_unix_seconds(0)).matrix();
    [user(QUOTES), user(QUOTES).beside(&user(TABLE))]
}

/// The tags of a page that has been taken apart, and the text between them.
fn taken_apart(page: &str) -> (Vec<&str>, String) {
    let body = page.split_once("</style>").expect("a style sheet").1;
    let (mut tags, mut text) = (Vec::new(), String::new());
    for piece in body.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').expect("every < begins a tag");
        tags.push(tag);
        assert!(!after.contains('>'), "{after}");
        text += after;
    }
    (tags, text)
}

#[test]
fn a_page_has_no_tags_but_its_own_and_they_nest() {
    let own = [
        "head", "body", "header", "main", "section", "div", "h1", "h2", "p", "ul", "li", "small", "b", "bdi",
        "span", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "abbr", "html",
    ];
    for matrix in matrices(&snapshot()) {
        let page = matrix.sheet().to_html();
        let (tags, text) = taken_apart(&page);
        let mut open = vec!["html", "head"];
        for tag in tags {
            let name = tag.trim_start_matches('/').split(' ').next().unwrap();
            assert!(own.contains(&name), "{tag}");
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name));
            } else {
                open.push(name);
                check_attributes(tag);
            }
        }
        assert!(open.is_empty(), "{open:?}");
        let escaped = SCRIPT.replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;");
        assert!(text.contains(&escaped));
    }
}

/// Attributes are ours: known names, quoted, and without a key in them.
fn check_attributes(tag: &str) {
    let known = [
        "class",
        "role",
        "id",
        "tabindex",
        "scope",
        "colspan",
        "title",
        "aria-label",
        "aria-labelledby",
        "aria-describedby",
    ];
    for attribute in
        tag.split("\" ").flat_map(|part| part.split_once(' ').map_or(part, |(_, rest)| rest).split("\" "))
    {
        let Some((name, value)) = attribute.split_once("=\"") else { continue };
        assert!(known.contains(&name), "{tag}");
        assert!(value.chars().all(|c| c.is_ascii_alphanumeric() || " -\"".contains(c)), "{tag}");
    }
}

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    for matrix in matrices(&snapshot()) {
        let page = matrix.sheet().to_html();
        for word in ["<script", "src=", "href=", "url(", "@import", "http:", "https:"] {
            assert!(!page.contains(word), "{word}");
        }
    }
}

#[test]
fn a_table_in_markdown_keeps_its_columns() {
    for matrix in matrices(&snapshot()) {
        let text = matrix.sheet().to_markdown();
        let rows = text.lines().filter(|line| line.starts_with('|'));
        let bars = rows.map(|row| row.replace("\\\\", "").replace("\\|", "").matches('|').count());
        let bars: Vec<usize> = bars.collect();
        assert!(bars.len() > 3 && bars.iter().all(|count| Some(count) == bars.first()), "{text}");
        assert!(!text.contains("<script") && !text.contains("<!--"));
    }
}

#[test]
fn a_table_of_text_stays_within_its_width() {
    for matrix in matrices(&snapshot()) {
        let text = matrix.sheet().width(90).to_text();
        let tables = text.split("\n\n").filter(|part| part.starts_with(' ') && part.contains('…'));
        for line in tables.flat_map(str::lines) {
            assert!(line.chars().count() <= 90, "{line}");
        }
    }
}

#[test]
fn every_key_is_there_to_be_read() {
    let matrix = &matrices(&snapshot())[0];
    let action = |key: &str| matrix.column(&Key::<Action>::new(key));
    assert!([SCRIPT, TABLE, MARKUP].iter().all(|key| action(key).is_some()));
    let page = matrix.sheet().to_html();
    let text = taken_apart(&page).1;
    let unescaped =
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    let unescaped = unescaped.replace("&amp;", "&");
    for key in [SCRIPT, QUOTES, TABLE, EMOJI, RIGHT_TO_LEFT, MARKUP, &long()] {
        assert!(unescaped.contains(key), "{key}");
    }
}
