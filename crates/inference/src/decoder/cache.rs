use half::{f16, slice::HalfFloatSliceExt as _, vec::HalfBitsVecExt as _};

/// Keys and values of the tokens read so far, for every layer and head, in half precision. Room is
/// reserved at once and used as tokens come.
pub(crate) struct Cache {
    keys: Vec<f16>,
    values: Vec<f16>,
    heads: usize,
    width: usize,
    capacity: usize,
    length: usize,
}

impl Cache {
    pub(crate) fn new(layers: usize, heads: usize, width: usize, capacity: usize) -> Self {
        let room = layers * heads * capacity * width;
        // Bits, because only plain zeros are left to the system, which gives memory page by page
        // when it is first written.
        let zeros = || vec![0_u16; room].reinterpret_into();
        Self { keys: zeros(), values: zeros(), heads, width, capacity, length: 0 }
    }

    /// How many tokens it holds.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Forgets all but the first tokens.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Makes room for tokens that are now written; returns the position of the first.
    pub(crate) fn grow(&mut self, tokens: usize) -> usize {
        let first = self.length;
        assert!(first + tokens <= self.capacity, "more tokens than the cache has room for");
        self.length += tokens;
        first
    }

    fn start(&self, layer: usize, head: usize, position: usize) -> usize {
        ((layer * self.heads + head) * self.capacity + position) * self.width
    }

    /// Writes what a layer found for the token at `position`, all heads.
    pub(crate) fn write(&mut self, layer: usize, position: usize, keys: &[f32], values: &[f32]) {
        let heads = keys.chunks_exact(self.width).zip(values.chunks_exact(self.width));
        for (head, (key, value)) in heads.enumerate() {
            let start = self.start(layer, head, position);
            self.keys[start..start + self.width].convert_from_f32_slice(key);
            self.values[start..start + self.width].convert_from_f32_slice(value);
        }
    }

    /// A head's keys and values from `from` to `to`.
    pub(crate) fn read(
        &self,
        layer: usize,
        head: usize,
        from: usize,
        to: usize,
    ) -> (&[f16], &[f16]) {
        let (start, end) = (self.start(layer, head, from), self.start(layer, head, to));
        (&self.keys[start..end], &self.values[start..end])
    }
}

/// What a cache held of the first tokens of a text, apart from the cache.
pub(crate) struct Kept {
    length: usize,
    keys: Vec<f16>,
    values: Vec<f16>,
}

impl Cache {
    /// Numbers of one layer's head that belong to `length` tokens, for every layer and head.
    fn parts(&self, length: usize) -> impl Iterator<Item = std::ops::Range<usize>> + use<> {
        let (whole, part) = (self.capacity * self.width, length * self.width);
        let heads = self.keys.len() / whole.max(1);
        (0..heads).map(move |head| head * whole..head * whole + part)
    }

    /// Copies what it holds of the first tokens.
    pub(crate) fn keep(&self, length: usize) -> Kept {
        let length = self.length.min(length);
        let of =
            |all: &[f16]| self.parts(length).flat_map(|part| all[part].iter().copied()).collect();
        Kept { length, keys: of(&self.keys), values: of(&self.values) }
    }

    /// Holds the first `length` of the tokens that were kept, and nothing else; unless it is of
    /// another shape, then nothing changes and `false` is returned.
    pub(crate) fn restore(&mut self, kept: &Kept, length: usize) -> bool {
        let fits = length <= kept.length
            && length <= self.capacity
            && kept.keys.len() * self.capacity == self.keys.len() * kept.length;
        if !fits || kept.length == 0 {
            return false;
        }
        let whole = kept.length * self.width;
        for (at, part) in self.parts(length).enumerate() {
            let from = at * whole..at * whole + part.len();
            self.keys[part.clone()].copy_from_slice(&kept.keys[from.clone()]);
            self.values[part].copy_from_slice(&kept.values[from]);
        }
        self.length = length;
        true
    }
}

impl Kept {
    /// How much memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        2 * (self.keys.len() + self.values.len())
    }

    /// Appends keys and values.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.reserve(self.bytes());
        for number in self.keys.iter().chain(&self.values) {
            out.extend(number.to_le_bytes());
        }
    }

    /// Reads what [`Kept::write`] wrote for `length` tokens.
    pub(crate) fn read(length: usize, bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<2>();
        let half = numbers.len() / 2;
        if !rest.is_empty() || numbers.len() % 2 != 0 || length == 0 || half % length != 0 {
            return None;
        }
        let all =
            |numbers: &[[u8; 2]]| numbers.iter().map(|two| f16::from_le_bytes(*two)).collect();
        Some(Self { length, keys: all(&numbers[..half]), values: all(&numbers[half..]) })
    }
}
