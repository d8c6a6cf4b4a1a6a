//! Histories of single authorities to one. Each column is joined on its own, so that the work spreads over cores and a column's parts are freed as it grows.

use domain::history::{
    Adoption, AdoptionDecision, CareLeaver, Children, DolOrder, Episodes, Health, History, Missing, Origin, PreviousPermanence, Review,
    RowCount, SocialWorker,
};

/// Joins parts in their order. Positions of authorities, children, episodes and other identifiers move up by what came before; file positions
/// are those of the whole already.
pub(crate) fn histories(mut parts: Vec<History>, files: Vec<String>) -> History {
    let mut whole = History { files, ..History::default() };
    let mut rows = RowCount::default();
    let mut children_before = 0;
    for part in &mut parts {
        // Counted before the part adds its own: a part whose rows were all unusable has none.
        let authority = whole.authorities.len() as u16;
        append_others(&mut whole, part, authority, children_before);
        children_before += part.children.len() as u32;
        whole.authorities.append(&mut part.authorities);
        whole.covers_each.push(part.covers);
        whole.covers = match (whole.covers, part.covers) {
            (Some((first, last)), Some((start, end))) => Some((first.min(start), last.max(end))),
            (some, other) => some.or(other),
        };
        whole.unsent.append(&mut part.unsent);
        whole.last_event = whole.last_event.max(part.last_event);
        part.children.authority.fill(authority);
        rows.read += part.rows.read;
        rows.used += part.rows.used;
        rows.repaired += part.rows.repaired;
        rows.cut += part.rows.cut;
        rows.set_aside += part.rows.set_aside;
        whole.tables_held.append(&mut part.tables_held);
    }
    whole.unsent.sort_unstable();
    whole.unsent.dedup();
    whole.tables_held.sort_unstable();
    whole.tables_held.dedup();
    whole.rows = rows;
    let (children, episodes) = parts.into_iter().map(|part| (part.children, part.episodes)).unzip();
    (whole.children, whole.episodes) = rayon::join(|| join_children(children), || join_episodes(episodes));
    whole
}

/// The tables beside the episodes, with the positions they hold moved up.
fn append_others(whole: &mut History, part: &mut History, authority: u16, children: u32) {
    let ids = whole.other_ids.len() as u32;
    whole.other_ids.append(&part.other_ids);
    whole.reviews.extend(part.reviews.drain(..).map(|row| Review { child: row.child + children, ..row }));
    whole.missing.extend(part.missing.drain(..).map(|row| Missing { child: row.child + children, ..row }));
    whole.health.extend(part.health.drain(..).map(|row| Health { child: row.child + children, ..row }));
    whole.care_leavers.extend(part.care_leavers.drain(..).map(|row| CareLeaver { authority, id: row.id + ids, ..row }));
    whole.adoption_decisions.extend(part.adoption_decisions.drain(..).map(|row| AdoptionDecision { child: row.child + children, ..row }));
    whole.adoptions.extend(part.adoptions.drain(..).map(|row| Adoption { child: row.child + children, ..row }));
    whole
        .previous_permanence
        .extend(part.previous_permanence.drain(..).map(|row| PreviousPermanence { child: row.child + children, ..row }));
    let moved = |row: SocialWorker| SocialWorker { child: row.child + children, worker: row.worker + ids, ..row };
    whole.social_workers.extend(part.social_workers.drain(..).map(moved));
    whole.dol_orders.extend(part.dol_orders.drain(..).map(|row| DolOrder { child: row.child + children, ..row }));
}

fn join_children(parts: Vec<Children>) -> Children {
    let mut whole = Children::default();
    let count = parts.iter().map(Children::len).sum();
    whole.authority.reserve_exact(count);
    whole.born.reserve_exact(count);
    whole.sex.reserve_exact(count);
    whole.ethnicity.reserve_exact(count);
    whole.uasc.reserve_exact(count);
    whole.first_episode.reserve_exact(count + 1);
    whole.first_episode.push(0);
    let mut before = 0;
    for part in parts {
        whole.authority.extend_from_slice(&part.authority);
        whole.born.extend_from_slice(&part.born);
        whole.sex.extend_from_slice(&part.sex);
        whole.ethnicity.extend_from_slice(&part.ethnicity);
        whole.uasc.extend_from_slice(&part.uasc);
        // The first of each part is 0 and repeats the last of the part before.
        whole.first_episode.extend(part.first_episode.iter().skip(1).map(|first| first + before));
        before = whole.first_episode.last().copied().unwrap_or(0);
        whole.id.append(&part.id);
    }
    whole
}

/// Takes one column out of every part and joins it.
fn join_episodes(mut parts: Vec<Episodes>) -> Episodes {
    fn take<T>(parts: &mut [Episodes], column: impl Fn(&mut Episodes) -> &mut Vec<T>) -> Vec<Vec<T>> {
        parts.iter_mut().map(|part| std::mem::take(column(part))).collect()
    }
    fn joined<T: Copy>(columns: Vec<Vec<T>>) -> Vec<T> {
        let mut whole = Vec::with_capacity(columns.iter().map(Vec::len).sum());
        for column in columns {
            whole.extend_from_slice(&column);
        }
        whole
    }
    let parts = parts.as_mut_slice();
    let start = take(parts, |part| &mut part.start);
    let end = take(parts, |part| &mut part.end);
    let rne = take(parts, |part| &mut part.rne);
    let legal = take(parts, |part| &mut part.legal);
    let need = take(parts, |part| &mut part.need);
    let place = take(parts, |part| &mut part.place);
    let provider = take(parts, |part| &mut part.provider);
    let rec = take(parts, |part| &mut part.rec);
    let change = take(parts, |part| &mut part.change);
    let urn = take(parts, |part| &mut part.urn);
    let home = take(parts, |part| &mut part.home);
    let placed = take(parts, |part| &mut part.placed);
    let origin: Vec<Vec<Origin>> = take(parts, |part| &mut part.origin);
    let mut whole = Episodes::default();
    rayon::scope(|scope| {
        scope.spawn(|_| whole.start = joined(start));
        scope.spawn(|_| whole.end = joined(end));
        scope.spawn(|_| whole.rne = joined(rne));
        scope.spawn(|_| whole.legal = joined(legal));
        scope.spawn(|_| whole.need = joined(need));
        scope.spawn(|_| whole.place = joined(place));
        scope.spawn(|_| whole.provider = joined(provider));
        scope.spawn(|_| whole.rec = joined(rec));
        scope.spawn(|_| whole.change = joined(change));
        scope.spawn(|_| whole.urn = joined(urn));
        scope.spawn(|_| whole.home = joined(home));
        scope.spawn(|_| whole.placed = joined(placed));
        scope.spawn(|_| whole.origin = joined(origin));
    });
    whole
}
