//! The packed form of the postcode directory, written once when the data is built, and read in place by [`super::Atlas`].
//!
//! ```text
//! head      "PWPC", areas: u16, sectors: u16                                        (numbers are little-endian)
//! areas     ONS code of each upper-tier authority, 9 letters
//! index     one entry for each sector, by key:
//!             key: u32, block: u32 (from the start of the blocks), least easting: u24, least northing: u24,
//!             mean easting: u24, mean northing: u24, bits of easting: u8, bits of northing: u8, areas in the sector: u8
//! blocks    for each sector: the numbers of its areas (one byte each, the most frequent first), which of its units exist
//!           (56 bytes, one bit for each pair of letters), then for each unit, from the lowest bit up:
//!             which of the sector's areas, easting less the least, northing less the least
//! tail      8 bytes of 0, so that a record can be read as one word
//! ```
//! A sector of 217 units takes about 750 bytes: 27 bits a unit. Neighbours lie close together, so their differences are short.

use std::collections::BTreeMap;
use std::fmt;

use domain::Postcode;

/// One unit postcode as it is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub postcode: Postcode,
    /// Metres east.
    pub easting: u32,
    /// Metres north.
    pub northing: u32,
    /// ONS code of the upper-tier authority: nine characters.
    pub ons_code: String,
}

/// Why units cannot be packed.
#[derive(Debug, PartialEq, Eq)]
pub struct NotPacked(String);

impl fmt::Display for NotPacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotPacked {}

pub(super) const MAGIC: &[u8; 4] = b"PWPC";
pub(super) const HEAD: usize = 8;
pub(super) const CODE: usize = 9;
pub(super) const ENTRY: usize = 23;
/// Bytes that say which pairs of letters exist.
pub(super) const PRESENT: usize = (LETTERS.len() * LETTERS.len()).div_ceil(64) * 8;
/// The letters that occur at the end of a unit. C, I, K, M and O are not used; V stands in one ended postcode.
pub(super) const LETTERS: &[u8; 21] = b"ABDEFGHJLNPQRSTUVWXYZ";

/// Where each letter of the alphabet stands in [`LETTERS`]; its length for those that are not there.
const RANK_OF_LETTER: [usize; 26] = {
    let mut ranks = [LETTERS.len(); 26];
    let mut rank = 0;
    while rank < LETTERS.len() {
        ranks[(LETTERS[rank] - b'A') as usize] = rank;
        rank += 1;
    }
    ranks
};

/// The sector in one number, in the order of postcodes: four outward characters, then the digit.
pub(super) fn sector_key(postcode: Postcode) -> u32 {
    let rank = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0') + 1,
        b'A'..=b'Z' => u32::from(byte - b'A') + 11,
        _ => 0,
    };
    postcode.outward().iter().fold(0, |key, &byte| key * 37 + rank(byte)) * 10 + u32::from(postcode.inward()[0].wrapping_sub(b'0'))
}

/// Which of the pairs of letters a unit ends in; nothing for a sector or a pair that is never used.
pub(super) fn unit_number(postcode: Postcode) -> Option<usize> {
    let [_, first, second] = postcode.inward();
    let letter = |byte: u8| {
        let rank = *RANK_OF_LETTER.get(usize::from(byte.wrapping_sub(b'A')))?;
        (rank < LETTERS.len()).then_some(rank)
    };
    Some(letter(first)? * LETTERS.len() + letter(second)?)
}

/// The bits that hold numbers up to `largest`.
pub(super) const fn bits(largest: u32) -> u32 {
    u32::BITS - largest.leading_zeros()
}

/// Packs unit postcodes, in any order. Each may occur once.
pub fn pack(units: &[Unit]) -> Result<Vec<u8>, NotPacked> {
    let mut codes: Vec<&str> = units.iter().map(|unit| unit.ons_code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() > usize::from(u8::MAX) || codes.iter().any(|code| code.len() != CODE) {
        return Err(NotPacked(format!("{} authorities; at most 255 with codes of nine characters can be packed", codes.len())));
    }
    let mut sectors: BTreeMap<u32, BTreeMap<usize, &Unit>> = BTreeMap::new();
    for unit in units {
        let number = unit_number(unit.postcode).ok_or_else(|| NotPacked(format!("{} is no unit postcode", unit.postcode)))?;
        if unit.easting.max(unit.northing) >= 1 << 24 {
            return Err(NotPacked(format!("{} lies off the grid", unit.postcode)));
        }
        if sectors.entry(sector_key(unit.postcode)).or_default().insert(number, unit).is_some() {
            return Err(NotPacked(format!("{} occurs twice", unit.postcode)));
        }
    }
    let count = u16::try_from(sectors.len()).map_err(|_| NotPacked(format!("{} sectors; at most 65,535 can be packed", sectors.len())))?;
    let mut packed = MAGIC.to_vec();
    packed.extend((codes.len() as u16).to_le_bytes());
    packed.extend(count.to_le_bytes());
    packed.extend(codes.concat().into_bytes());
    let mut blocks = Vec::new();
    for (key, units) in &sectors {
        packed.extend(key.to_le_bytes());
        packed.extend((blocks.len() as u32).to_le_bytes());
        pack_sector(units, &codes, &mut packed, &mut blocks);
    }
    packed.append(&mut blocks);
    packed.extend([0; 8]);
    Ok(packed)
}

/// Adds the rest of a sector's entry to the index, and its block to the blocks.
fn pack_sector(units: &BTreeMap<usize, &Unit>, codes: &[&str], index: &mut Vec<u8>, blocks: &mut Vec<u8>) {
    let range = |of: fn(&Unit) -> u32| {
        let least = units.values().map(|unit| of(unit)).min().unwrap_or(0);
        let most = units.values().map(|unit| of(unit)).max().unwrap_or(0);
        let sum: u64 = units.values().map(|unit| u64::from(of(unit))).sum();
        let mean = (2 * sum + units.len() as u64) / (2 * units.len() as u64);
        (least, bits(most - least), mean as u32)
    };
    let (least_easting, easting_bits, mean_easting) = range(|unit| unit.easting);
    let (least_northing, northing_bits, mean_northing) = range(|unit| unit.northing);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in units.values() {
        *counts.entry(&unit.ons_code).or_default() += 1;
    }
    let mut areas: Vec<(&str, usize)> = counts.into_iter().collect();
    areas.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    for number in [least_easting, least_northing, mean_easting, mean_northing] {
        index.extend(&number.to_le_bytes()[..3]);
    }
    index.extend([easting_bits as u8, northing_bits as u8, areas.len() as u8]);

    blocks.extend(areas.iter().map(|(code, _)| codes.binary_search(code).unwrap_or_default() as u8));
    let mut present = [0u8; PRESENT];
    for number in units.keys() {
        present[number / 8] |= 1 << (number % 8);
    }
    blocks.extend(present);
    let area_bits = bits(areas.len() as u32 - 1);
    let mut word = 0u128;
    let mut held = 0;
    for unit in units.values() {
        let area = areas.iter().position(|&(code, _)| code == unit.ons_code).unwrap_or_default() as u32;
        for (number, width) in
            [(area, area_bits), (unit.easting - least_easting, easting_bits), (unit.northing - least_northing, northing_bits)]
        {
            word |= u128::from(number) << held;
            held += width;
        }
        while held >= 8 {
            blocks.push(word as u8);
            word >>= 8;
            held -= 8;
        }
    }
    if held > 0 {
        blocks.push(word as u8);
    }
}
