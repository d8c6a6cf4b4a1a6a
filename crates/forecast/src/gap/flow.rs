//! The largest flow through a small network of whole capacities, one source after another (Ford and Fulkerson 1956, shortest paths first as Edmonds
//! and Karp 1972).
//!
//! What one source has sent is moved along for the next but never sent back, so the sources served first keep all that they could have, and the last
//! leave the whole as large as it can be (the greedy algorithm on a gammoid: Perfect 1968).

/// Nodes and what may pass between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Network {
    /// Where each edge leads. Edges stand in pairs: an even one, and after it the way back.
    to: Vec<usize>,
    /// What may pass each edge.
    most: Vec<u32>,
    /// The edges that leave each node, in the order in which they are tried.
    leaving: Vec<Vec<usize>>,
    sink: usize,
}

impl Network {
    /// So many nodes, one of which all flow is to reach.
    pub(super) fn new(nodes: usize, sink: usize) -> Self {
        Self { to: Vec::new(), most: Vec::new(), leaving: vec![Vec::new(); nodes], sink }
    }

    /// Lets at most so much pass from one node to another; gives the edge's number.
    pub(super) fn join(&mut self, from: usize, to: usize, most: u32) -> usize {
        let edge = self.to.len();
        for (from, to, most) in [(from, to, most), (to, from, 0)] {
            self.leaving[from].push(self.to.len());
            self.to.push(to);
            self.most.push(most);
        }
        edge
    }
}

/// A flow through a network.
#[derive(Clone, Debug)]
pub(super) struct Flow<'a> {
    network: &'a Network,
    /// What may still pass each edge.
    left: Vec<u32>,
    /// The edge by which each node was reached in the search of a number.
    reached: Vec<(u32, usize)>,
    search: u32,
    queue: Vec<usize>,
}

impl<'a> Flow<'a> {
    /// Nothing flows yet.
    pub(super) fn new(network: &'a Network) -> Self {
        let nodes = network.leaving.len();
        Self { network, left: network.most.clone(), reached: vec![(0, 0); nodes], search: 0, queue: Vec::with_capacity(nodes) }
    }

    /// Sends as much as `wanted` from a node to the sink, all else that flows moved along where that makes room; gives what came through.
    pub(super) fn send(&mut self, from: usize, wanted: u32) -> u32 {
        let mut sent = 0;
        while sent < wanted && self.find(from) {
            sent += self.pass(from, wanted - sent);
        }
        sent
    }

    /// Lets so much more pass an edge.
    pub(super) fn widen(&mut self, edge: usize, by: u32) {
        self.left[edge] += by;
    }

    /// What may pass each edge, to go back to.
    pub(super) fn left(&self) -> &[u32] {
        &self.left
    }

    /// Goes back to what [`Self::left`] gave.
    pub(super) fn restore(&mut self, left: &[u32]) {
        self.left.copy_from_slice(left);
    }

    /// Looks for the shortest way to the sink.
    fn find(&mut self, from: usize) -> bool {
        self.search += 1;
        self.queue.clear();
        self.queue.push(from);
        self.reached[from].0 = self.search;
        let mut next = 0;
        while let Some(&node) = self.queue.get(next) {
            next += 1;
            for &edge in &self.network.leaving[node] {
                let to = self.network.to[edge];
                if self.left[edge] == 0 || self.reached[to].0 == self.search {
                    continue;
                }
                self.reached[to] = (self.search, edge);
                if to == self.network.sink {
                    return true;
                }
                self.queue.push(to);
            }
        }
        false
    }

    /// Sends along the way that was found.
    fn pass(&mut self, from: usize, wanted: u32) -> u32 {
        let way = |reached: &[(u32, usize)]| {
            let mut edges = Vec::new();
            let mut node = self.network.sink;
            while node != from {
                let edge = reached[node].1;
                edges.push(edge);
                node = self.network.to[edge ^ 1];
            }
            edges
        };
        let edges = way(&self.reached);
        let most = edges.iter().map(|&edge| self.left[edge]).fold(wanted, u32::min);
        for edge in edges {
            self.left[edge] -= most;
            self.left[edge ^ 1] += most;
        }
        most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_flows_is_moved_along_to_make_room() {
        // Two sources (0, 1), two middles (2, 3) of one each; the first source can pass by either, the second by the first middle only.
        let mut network = Network::new(5, 4);
        for (from, to, most) in [(2, 4, 1), (3, 4, 1), (0, 2, 9), (0, 3, 9), (1, 2, 9)] {
            network.join(from, to, most);
        }
        let mut flow = Flow::new(&network);
        assert_eq!(flow.send(0, 1), 1);
        let before = flow.left().to_vec();
        assert_eq!((flow.send(1, 1), flow.send(1, 1), flow.send(0, 5)), (1, 0, 0));
        flow.restore(&before);
        assert_eq!((flow.send(0, 5), flow.send(1, 1)), (1, 0));
    }
}
