//! Labels that would touch are moved apart.

/// Labels that touch: they stand together where their members want to be on average.
struct Cluster {
    members: Vec<usize>,
    start: f64,
    size: f64,
}

/// Middles of labels along a line, as near to where they want to be as they can without touching: `wanted` middles, `sizes`
/// along the line, all inside `low..high` where there is room. The order of the wanted middles is kept.
pub(super) fn spread(wanted: &[f64], sizes: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let place = |members: &[usize]| {
        let size: f64 = members.iter().map(|&i| sizes[i]).sum();
        let mut offset = 0.0;
        let mut start = 0.0;
        for &i in members {
            start += wanted[i] - offset - sizes[i] / 2.0;
            offset += sizes[i];
        }
        ((start / members.len() as f64).min(high - size).max(low), size)
    };
    // Each label begins as its own cluster; clusters that touch merge.
    let mut clusters: Vec<Cluster> = Vec::new();
    for i in order {
        let mut members = vec![i];
        let (mut start, mut size) = place(&members);
        while let Some(before) = clusters.pop_if(|before| before.start + before.size > start) {
            members.splice(0..0, before.members);
            (start, size) = place(&members);
        }
        clusters.push(Cluster { members, start, size });
    }
    let mut middles = vec![0.0; wanted.len()];
    for cluster in clusters {
        let mut at = cluster.start;
        for i in cluster.members {
            middles[i] = at + sizes[i] / 2.0;
            at += sizes[i];
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_touch_and_stay_inside() {
        let middles = spread(&[10.0, 12.0, 11.0, 90.0], &[10.0; 4], 0.0, 100.0);
        assert_eq!(middles, [5.0, 25.0, 15.0, 90.0]);
        let crowded = spread(&[99.0, 98.0], &[10.0; 2], 0.0, 100.0);
        assert_eq!(crowded, [95.0, 85.0]);
        assert!(spread(&[], &[], 0.0, 1.0).is_empty());
    }
}
