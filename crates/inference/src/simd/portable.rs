//! The same in plain loops.
#![allow(clippy::cast_possible_truncation, reason = "the operations are defined so")]

/// 32 bytes, read as the operation says.
#[derive(Clone, Copy)]
pub(crate) struct Int([u8; 32]);

impl Int {
    pub(crate) fn zero() -> Self {
        Self([0; 32])
    }

    pub(crate) fn bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn signed_bytes(bytes: [i8; 32]) -> Self {
        Self(bytes.map(i8::cast_unsigned))
    }

    pub(crate) fn words(words: [i16; 16]) -> Self {
        let mut bytes = [0; 32];
        for (pair, word) in bytes.as_chunks_mut::<2>().0.iter_mut().zip(words) {
            *pair = word.to_le_bytes();
        }
        Self(bytes)
    }

    fn numbers(numbers: [i32; 8]) -> Self {
        let mut bytes = [0; 32];
        for (four, number) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
            *four = number.to_le_bytes();
        }
        Self(bytes)
    }

    pub(crate) fn splat_byte(byte: i8) -> Self {
        Self::signed_bytes([byte; 32])
    }

    pub(crate) fn splat_word(word: i16) -> Self {
        Self::words([word; 16])
    }

    pub(crate) fn splat(number: i32) -> Self {
        Self::numbers([number; 8])
    }

    pub(crate) fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    fn to_signed(self) -> [i8; 32] {
        self.0.map(u8::cast_signed)
    }

    pub(crate) fn to_words(self) -> [i16; 16] {
        let pairs = self.0.as_chunks::<2>().0;
        std::array::from_fn(|at| i16::from_le_bytes(pairs[at]))
    }

    fn to_numbers(self) -> [i32; 8] {
        let fours = self.0.as_chunks::<4>().0;
        std::array::from_fn(|at| i32::from_le_bytes(fours[at]))
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    pub(crate) fn down<const N: i32>(self) -> Self {
        Self::words(self.to_words().map(|word| (word.cast_unsigned() >> N).cast_signed()))
    }

    pub(crate) fn up<const N: i32>(self) -> Self {
        Self::words(self.to_words().map(|word| word << N))
    }

    pub(crate) fn size_bytes(self) -> Self {
        Self(self.to_signed().map(i8::unsigned_abs))
    }

    pub(crate) fn signed_as(self, by: Self) -> Self {
        let (bytes, signs) = (self.to_signed(), by.to_signed());
        Self::signed_bytes(std::array::from_fn(|at| bytes[at].wrapping_mul(signs[at].signum())))
    }

    pub(crate) fn times_bytes(self, signed: Self) -> Self {
        let other = signed.to_signed();
        let product = |at: usize| i32::from(self.0[at]) * i32::from(other[at]);
        let clamped = |sum: i32| sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        Self::words(std::array::from_fn(|at| clamped(product(2 * at) + product(2 * at + 1))))
    }

    pub(crate) fn times_words(self, other: Self) -> Self {
        let (one, other) = (self.to_words(), other.to_words());
        let product = |at: usize| i32::from(one[at]) * i32::from(other[at]);
        Self::numbers(std::array::from_fn(|at| product(2 * at).wrapping_add(product(2 * at + 1))))
    }

    pub(crate) fn plus_words(self, other: Self) -> Self {
        let (one, other) = (self.to_words(), other.to_words());
        Self::words(std::array::from_fn(|at| one[at].wrapping_add(other[at])))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let (one, other) = (self.to_numbers(), other.to_numbers());
        Self::numbers(std::array::from_fn(|at| one[at].wrapping_add(other[at])))
    }

    pub(crate) fn word_of_halves<const PLACE: u8>(self) -> Self {
        let words = self.to_words();
        Self::words(std::array::from_fn(|at| words[at / 8 * 8 + usize::from(PLACE)]))
    }

    pub(crate) fn two_sums(a: Self, b: Self) -> [f32; 2] {
        [a, b].map(|one| one.to_numbers().into_iter().fold(0, i32::wrapping_add) as f32)
    }

    pub(crate) fn sums(four: [Self; 4]) -> [f32; 4] {
        four.map(|one| one.to_numbers().into_iter().fold(0, i32::wrapping_add) as f32)
    }

    pub(crate) fn to_float(self) -> Float {
        Float(self.to_numbers().map(|number| number as f32))
    }
}

/// 16 signed bytes.
#[derive(Clone, Copy)]
pub(crate) struct Half([i8; 16]);

impl Half {
    pub(crate) fn bytes(bytes: [u8; 16]) -> Self {
        Self(bytes.map(u8::cast_signed))
    }

    pub(crate) fn to_bytes(self) -> [i8; 16] {
        self.0
    }

    pub(crate) fn pick(self, places: [u8; 16]) -> Self {
        Self(places.map(|place| self.0[usize::from(place)]))
    }

    pub(crate) fn to_words(self) -> Int {
        Int::words(self.0.map(i16::from))
    }
}

/// Eight floating numbers.
#[derive(Clone, Copy)]
pub(crate) struct Float([f32; 8]);

impl Float {
    pub(crate) fn zero() -> Self {
        Self([0.0; 8])
    }

    pub(crate) fn new(numbers: [f32; 8]) -> Self {
        Self(numbers)
    }

    pub(crate) fn splat(number: f32) -> Self {
        Self([number; 8])
    }

    pub(crate) fn to_array(self) -> [f32; 8] {
        self.0
    }

    pub(crate) fn times(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] * other.0[at]))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] + other.0[at]))
    }

    pub(crate) fn times_plus(self, by: Self, to: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at].mul_add(by.0[at], to.0[at])))
    }

    pub(crate) fn sum(self) -> f32 {
        let half: [f32; 4] = std::array::from_fn(|at| self.0[at] + self.0[at + 4]);
        (half[0] + half[2]) + (half[1] + half[3])
    }
}
