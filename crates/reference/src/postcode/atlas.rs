//! Reading the packed directory in place: a binary search over the sectors, a count of bits, one word.

use domain::Postcode;

use super::pack::{CODE, ENTRY, HEAD, LETTERS, MAGIC, PRESENT, bits, sector_key, unit_number};
use super::{Country, Located, Precision};
use crate::{AreaId, authority};

/// A packed directory of unit postcodes, opened without copying it.
#[derive(Clone, Debug, Default)]
pub struct Atlas<'b> {
    areas: Vec<Area>,
    /// The keys of the index, side by side: a search touches few cache lines (48 kB in all).
    keys: Vec<u32>,
    index: &'b [u8],
    blocks: &'b [u8],
}

/// An upper-tier authority of the directory.
#[derive(Clone, Copy, Debug)]
struct Area {
    ons_code: &'static str,
    id: Option<AreaId>,
    country: Country,
}

/// An entry of the index with its block.
struct Sector<'b> {
    key: u32,
    least: (u32, u32),
    mean: (u32, u32),
    easting_bits: u32,
    northing_bits: u32,
    areas: &'b [u8],
    present: &'b [u8],
    records: &'b [u8],
}

impl<'b> Atlas<'b> {
    /// Opens bytes that [`super::pack`] made; nothing if they are not.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let (magic, counts) = head.split_at_checked(MAGIC.len())?;
        let (codes, rest) = rest.split_at_checked(usize::from(number::<2>(counts)? as u16) * CODE)?;
        let (index, blocks) = rest.split_at_checked(number::<2>(&counts[2..])? as usize * ENTRY)?;
        let areas = codes.chunks_exact(CODE).map(Area::of).collect::<Option<_>>()?;
        let keys = index.chunks_exact(ENTRY).map(number::<4>).collect::<Option<_>>()?;
        (magic == MAGIC).then_some(Self { areas, keys, index, blocks })
    }

    /// How many sectors it holds.
    pub fn sectors(&self) -> usize {
        self.keys.len()
    }

    /// How many units it holds.
    pub fn units(&self) -> usize {
        (0..self.sectors()).filter_map(|at| self.sector(at)).map(|sector| sector.units().count()).sum()
    }

    /// Where a unit or a sector is; nothing if it is not held.
    pub fn find(&self, postcode: Postcode) -> Option<Located> {
        let sector = self.sector(self.keys.binary_search(&sector_key(postcode)).ok()?)?;
        if postcode.is_sector() {
            let area = self.areas.get(usize::from(*sector.areas.first()?))?;
            return Some(located(sector.mean, Precision::Sector, area));
        }
        let number = unit_number(postcode)?;
        sector.holds(number).then(|| self.record(&sector, sector.rank(number))).flatten()
    }

    /// Every unit of an area of England, in order.
    pub fn units_in(&self, area: AreaId) -> impl Iterator<Item = (Postcode, Located)> {
        let wanted = self.areas.iter().position(|held| held.id == Some(area));
        let sectors = (0..self.sectors()).filter_map(|at| self.sector(at));
        let sectors = sectors.filter(move |sector| sector.areas.iter().any(|&held| Some(usize::from(held)) == wanted));
        sectors.flat_map(move |sector| {
            let records = sector.units().enumerate().filter_map(|(rank, number)| {
                let located = self.record(&sector, rank)?;
                (located.area == Some(area)).then(|| Some((sector.postcode(number)?, located))).flatten()
            });
            records.collect::<Vec<_>>()
        })
    }

    fn sector(&self, at: usize) -> Option<Sector<'b>> {
        let entry = self.index.get(at * ENTRY..(at + 1) * ENTRY)?;
        let block = self.blocks.get(number::<4>(&entry[4..])? as usize..)?;
        let (areas, block) = block.split_at_checked(usize::from(entry[22]))?;
        let (present, records) = block.split_at_checked(PRESENT)?;
        Some(Sector {
            key: *self.keys.get(at)?,
            least: (number::<3>(&entry[8..])?, number::<3>(&entry[11..])?),
            mean: (number::<3>(&entry[14..])?, number::<3>(&entry[17..])?),
            easting_bits: u32::from(entry[20]),
            northing_bits: u32::from(entry[21]),
            areas,
            present,
            records,
        })
    }

    /// The unit of this rank among those that the sector has.
    fn record(&self, sector: &Sector<'_>, rank: usize) -> Option<Located> {
        let area_bits = bits((sector.areas.len() as u32).checked_sub(1)?);
        let at = rank * (area_bits + sector.easting_bits + sector.northing_bits) as usize;
        let word = u64::from_le_bytes(sector.records.get(at / 8..at / 8 + 8)?.try_into().ok()?) >> (at % 8);
        let take = |from: u32, width: u32| (word >> from & ((1u64 << width) - 1)) as u32;
        let area = self.areas.get(usize::from(*sector.areas.get(take(0, area_bits) as usize)?))?;
        let easting = sector.least.0 + take(area_bits, sector.easting_bits);
        let northing = sector.least.1 + take(area_bits + sector.easting_bits, sector.northing_bits);
        Some(located((easting, northing), Precision::Unit, area))
    }
}

impl Area {
    fn of(code: &[u8]) -> Option<Self> {
        let code = std::str::from_utf8(code).ok()?;
        let country = match code.as_bytes()[0] {
            b'E' => Country::England,
            b'W' => Country::Wales,
            b'S' => Country::Scotland,
            _ => return None,
        };
        // Some two hundred codes of nine letters, kept for the life of the program.
        Some(Self { ons_code: code.to_owned().leak(), id: authority::by_ons_code(code).map(|authority| authority.id), country })
    }
}

impl Sector<'_> {
    fn holds(&self, unit: usize) -> bool {
        self.present[unit / 8] >> (unit % 8) & 1 == 1
    }

    /// How many of the sector's units come before this one.
    fn rank(&self, unit: usize) -> usize {
        let (words, _) = self.present.as_chunks::<8>();
        let word = |at: usize| u64::from_le_bytes(words[at]);
        let whole: u32 = (0..unit / 64).map(|at| word(at).count_ones()).sum();
        (whole + (word(unit / 64) & ((1 << (unit % 64)) - 1)).count_ones()) as usize
    }

    /// The units that exist, in order.
    fn units(&self) -> impl Iterator<Item = usize> {
        (0..LETTERS.len() * LETTERS.len()).filter(|&unit| self.holds(unit))
    }

    /// The postcode of a unit.
    fn postcode(&self, unit: usize) -> Option<Postcode> {
        let mut text = [b' '; 7];
        let mut outward = self.key / 10;
        for byte in text[..4].iter_mut().rev() {
            *byte = match outward % 37 {
                0 => b' ',
                digit @ 1..=10 => b'0' + digit as u8 - 1,
                letter => b'A' + letter as u8 - 11,
            };
            outward /= 37;
        }
        text[4] = b'0' + (self.key % 10) as u8;
        text[5] = LETTERS[unit / LETTERS.len()];
        text[6] = LETTERS[unit % LETTERS.len()];
        Postcode::parse(&text)
    }
}

fn located((easting, northing): (u32, u32), precision: Precision, area: &Area) -> Located {
    Located { easting, northing, precision, area: area.id, ons_code: area.ons_code, country: area.country }
}

/// The little-endian number in the first `N` bytes.
fn number<const N: usize>(bytes: &[u8]) -> Option<u32> {
    let mut word = [0; 4];
    word[..N].copy_from_slice(bytes.get(..N)?);
    Some(u32::from_le_bytes(word))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::pack::{Unit, pack};
    use super::*;

    fn units() -> impl Strategy<Value = BTreeMap<Postcode, (u32, u32, usize)>> {
        let text = "(NG[1-3]|AB1|W1A|NPT) [0-2][ABDV][AXYZ]".prop_map(|text| Postcode::parse(text.as_bytes()).unwrap());
        proptest::collection::btree_map(text, (0u32..700_000, 0u32..1_300_000, 0usize..4), 1..80)
    }

    const CODES: [&str; 4] = ["E06000018", "E10000024", "W06000015", "S12000033"];

    proptest! {
        #[test]
        fn every_unit_packed_is_found_and_no_other(held in units(), asked in "(NG[1-3]|AB1|W1A) [0-2][ABDV][AXYZ]") {
            let list: Vec<Unit> = held
                .iter()
                .map(|(&postcode, &(easting, northing, code))| Unit { postcode, easting, northing, ons_code: CODES[code].to_owned() })
                .collect();
            let bytes = pack(&list).unwrap();
            let atlas = Atlas::open(&bytes).unwrap();
            prop_assert_eq!(atlas.units(), held.len());
            for unit in &list {
                let found = atlas.find(unit.postcode).unwrap();
                prop_assert_eq!((found.easting, found.northing, found.ons_code), (unit.easting, unit.northing, unit.ons_code.as_str()));
            }
            let asked = Postcode::parse(asked.as_bytes()).unwrap();
            prop_assert_eq!(atlas.find(asked).is_some(), held.contains_key(&asked));
            let nottingham: Vec<Postcode> = atlas.units_in(AreaId(892)).map(|(postcode, _)| postcode).collect();
            let expected: Vec<Postcode> = held.iter().filter(|(_, unit)| unit.2 == 0).map(|(&postcode, _)| postcode).collect();
            prop_assert_eq!(nottingham, expected);
        }

        #[test]
        fn damaged_bytes_do_not_panic(mut bytes: Vec<u8>, fair: bool) {
            if fair {
                bytes.splice(0..0, *b"PWPC\x01\0\x01\0E06000018");
            }
            if let Some(atlas) = Atlas::open(&bytes) {
                let _ = (atlas.units(), atlas.find(Postcode::parse(b"NG1 5DT").unwrap()), atlas.units_in(AreaId(892)).count());
            }
        }
    }
}
