//! 14: what providers may plan for. Intentions are decisions of the authority; only the facts behind them can be counted here.

use reference::ofsted::Provision;
use report::block::{Block, List, Order, Section, Text};
use report::chart::Unit;

use super::super::draft::Draft;
use super::super::series::Series;
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let name = draft.material.name.clone();
    let mut blocks = vec![Block::Paragraph(
        format!("What {name} means to buy, build or stop buying is a decision of its members and officers, and no figure makes it for them. These facts may inform it.").into(),
    )];
    let items = facts(draft);
    if items.is_empty() {
        blocks.push(Block::Paragraph("Published figures of this authority at this date are too few for any.".into()));
    } else {
        blocks.push(Block::List(List { order: Order::Loose, items }));
    }
    blocks.push(draft.not_known(
        "Homes the authority will commission: kind, number, place, date and route",
        "the commissioning plan, agreed by cabinet",
    ));
    blocks.push(draft.not_known(
        "How providers are told, and the price and quality they are asked for",
        "the market position statement, frameworks and contracts",
    ));
    Section::new("intentions", "Commissioning intentions", blocks)
}

/// Facts that a provider would ask about, each with its figures.
fn facts(draft: &mut Draft<'_, '_>) -> Vec<Text> {
    let material = draft.material;
    let mut items = Vec::new();
    let to = material.last_year();
    if to >= 2021 {
        for (group, id, what) in [
            ("placement", "homes", "lived in children’s homes"),
            ("placement", "foster", "lived with foster carers"),
            ("placement", "supported", "lived in supported accommodation or independently"),
            ("locality", "out", "lived outside the boundary"),
            ("age", "16_plus", "were 16 or over"),
        ] {
            let Some(series) = Series::share(material, "cla_31_march", group, id) else { continue };
            let bench = material.bench(series, to.saturating_sub(4).max(2021), to);
            let Some((year, now)) = bench.newest().and_then(|year| Some((year, bench.own(material, year).known()?))) else { continue };
            let first = bench.subject().values.iter().find_map(|(&year, value)| Some((year, value.known()?)));
            let text = draft.say(Text::default(), &bench.own(material, year)).and(format!(" of its children {what} in {year}"));
            items.push(match first.filter(|(first, _)| *first < year) {
                Some((first, before)) => {
                    let points = Unit::count().show((now - before).abs());
                    let noun = if points == "1" { "percentage point" } else { "percentage points" };
                    text.and(match words::Way::between(before, now, 0) {
                        words::Way::Up => format!(", {points} {noun} more than in {first}."),
                        words::Way::Down => format!(", {points} {noun} fewer than in {first}."),
                        words::Way::Level => format!(", as in {first}."),
                    })
                }
                None => text.and("."),
            });
        }
    }
    if let Some(market) = material.market.as_ref().filter(|market| market.settings(Provision::ChildrensHome) > 0 && !material.fictitious) {
        let places = super::market::of_register(
            draft,
            "home-places",
            market.area,
            "places in children’s homes, short breaks left out",
            f64::from(market.places(Provision::ChildrensHome)),
        );
        let place = super::market::area_name(material, market);
        let text = draft.say(Text::plain(format!("Children’s homes in {place} were registered for ")), &places);
        items.push(text.and(format!(" places on {}, open to every authority.", reference::ofsted::REGISTER_DAY.long())));
    }
    items
}
