//! The table of n-grams. In: bytes made by [`write()`]. Out: a cost for a key, if the key is there.
//!
//! A key is the hash of the words; the table keeps 24 bits of it as a fingerprint, in buckets of
//! about 16, so that an entry takes 4.3 bytes and a look-up touches two cache lines. A key that
//! is not there is mistaken for one that is about once in a million look-ups. Promise: nothing is
//! copied or parsed at load, and no bytes make it panic.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

/// Buckets hold about 2^4 entries.
const BUCKET: usize = 16;

/// What a thread remembers of its look-ups: this many, one for each value of a key's last bits. The
/// neighbours of a search ask the same again and again, and a look-up is mostly waiting for memory.
const REMEMBERED: usize = 1 << 16;
/// In a remembered key: its own bits, above those of the value.
const KEY: u64 = !0x1ff;
const ABSENT: u64 = 0x100;

thread_local! {
    static LOOK_UPS: LookUps = LookUps {
        table: Cell::new(0),
        entries: vec![Cell::new(0); REMEMBERED],
    };
}

struct LookUps {
    /// Whose they are.
    table: Cell<u64>,
    entries: Vec<Cell<u64>>,
}

/// A table over borrowed bytes: number of bucket bits, bucket starts, fingerprints, values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ngrams<'a> {
    /// A number of its own.
    id: u64,
    bits: u32,
    starts: &'a [u8],
    fingerprints: &'a [u8],
    values: &'a [u8],
}

/// Where a key's bucket is, and its fingerprint there.
fn split(key: u64, bits: u32) -> (usize, [u8; 3]) {
    let bucket = key.checked_shr(64 - bits).unwrap_or(0);
    let bytes = key.to_le_bytes();
    (
        usize::try_from(bucket).unwrap_or(0),
        [bytes[0], bytes[1], bytes[2]],
    )
}

/// The bytes of a table that holds these entries; of a key that comes twice, the first is kept.
#[must_use]
pub fn write(entries: &[(u64, u8)]) -> Vec<u8> {
    let mut bits = 1_u32;
    while (BUCKET << bits) < entries.len() {
        bits += 1;
    }
    let mut sorted: Vec<(usize, [u8; 3], u8)> = entries
        .iter()
        .map(|&(key, value)| {
            let (bucket, fingerprint) = split(key, bits);
            (bucket, fingerprint, value)
        })
        .collect();
    sorted.sort_by_key(|&(bucket, fingerprint, _)| (bucket, fingerprint));
    sorted.dedup_by_key(|&mut (bucket, fingerprint, _)| (bucket, fingerprint));
    let mut starts = vec![0_u32; (1 << bits) + 1];
    for &(bucket, ..) in &sorted {
        starts[bucket + 1] += 1;
    }
    for bucket in 0..1 << bits {
        starts[bucket + 1] += starts[bucket];
    }
    let mut bytes = bits.to_le_bytes().to_vec();
    bytes.extend(starts.iter().flat_map(|start| start.to_le_bytes()));
    bytes.extend(sorted.iter().flat_map(|entry| entry.1));
    bytes.extend(sorted.iter().map(|entry| entry.2));
    bytes
}

impl<'a> Ngrams<'a> {
    /// Looks at bytes made by [`write()`]; `None` if their lengths don't agree.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let (bits, rest) = bytes.split_first_chunk::<4>()?;
        let bits = u32::from_le_bytes(*bits);
        if bits == 0 || bits > 28 {
            return None;
        }
        let (starts, rest) = rest.split_at_checked(((1 << bits) + 1) * 4)?;
        let entries = read_start(starts, 1 << bits)?;
        let (fingerprints, values) = rest.split_at_checked(entries * 3)?;
        (values.len() == entries).then(|| Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            bits,
            starts,
            fingerprints,
            values,
        })
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: u64) -> Option<u8> {
        LOOK_UPS.with(|look_ups| {
            let at = usize::try_from(key).unwrap_or(0) % REMEMBERED;
            let entry = &look_ups.entries[at];
            if look_ups.table.replace(self.id) != self.id {
                look_ups.entries.iter().for_each(|entry| entry.set(0));
            }
            let known = entry.get();
            if known & KEY == key & KEY && known != 0 {
                let value = known & !KEY;
                return (value != ABSENT).then_some(value.to_le_bytes()[0]);
            }
            let value = self.look_up(key);
            entry.set(key & KEY | value.map_or(ABSENT, u64::from));
            value
        })
    }

    fn look_up(&self, key: u64) -> Option<u8> {
        let (bucket, fingerprint) = split(key, self.bits);
        let from = read_start(self.starts, bucket)?;
        let to = read_start(self.starts, bucket + 1)?;
        let at = self
            .fingerprints
            .get(from * 3..to * 3)?
            .chunks_exact(3)
            .position(|found| found == fingerprint)?;
        self.values.get(from + at).copied()
    }
}

fn read_start(starts: &[u8], bucket: usize) -> Option<usize> {
    let (bytes, _) = starts.get(bucket * 4..)?.split_first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}
