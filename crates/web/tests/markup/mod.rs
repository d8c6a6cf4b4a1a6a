//! HTML in one canonical form, so that two writers can be compared: a token a line, attributes in order, space collapsed.

/// Text between tags is compared without the space around it, since the two templates indent differently.
pub(crate) fn canonical(html: &str) -> String {
    let mut lines = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&mut lines, &rest[..start]);
        let end = end_of_tag(&rest[start..]);
        lines.push(tag(&rest[start + 1..start + end - 1]));
        rest = &rest[start + end..];
    }
    push_text(&mut lines, rest);
    lines.join("\n")
}

fn push_text(lines: &mut Vec<String>, text: &str) {
    let text = collapse(text);
    if !text.is_empty() {
        lines.push(decode(&text));
    }
}

/// Length of the tag that begins the text, up to and with its `>`; a `>` inside quotation marks is content.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    panic!("a tag without an end: {html}");
}

fn tag(inside: &str) -> String {
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut found = Vec::new();
    let mut rest = attributes.trim_start().trim_end_matches('/');
    while !rest.trim().is_empty() {
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        if let Some(value) = rest[end..].strip_prefix("=\"") {
            let close = value.find('"').unwrap_or_else(|| panic!("a value without an end: {inside}"));
            found.push(format!("{key}=\"{}\"", decode(&collapse(&value[..close]))));
            rest = value[close + 1..].trim_start();
        } else {
            found.push(key);
            rest = rest[end..].trim_start();
        }
    }
    found.sort();
    format!("<{}>", [vec![name.trim_end_matches('/').to_owned()], found].concat().join(" "))
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decode(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&ctdot;", "⋯"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[test]
fn order_and_space_do_not_matter_but_content_does() {
    let one = "<p  id=\"a\" class=\"b  c\">\n  It&#39;s <b>x</b>\n</p><path d=\"m0\"/>";
    assert_eq!(canonical(one), canonical("<p class=\"b c\" id=\"a\">It's <b>x</b></p><path d=\"m0\">"));
    for other in ["<p class=\"b c\">It's <b>x</b></p>", "<p class=\"b\" id=\"a\">It's <b>x</b></p>", "<p class=\"b c\" id=\"a\">It's x</p>"]
    {
        assert_ne!(canonical(one), canonical(other), "{other}");
    }
}
