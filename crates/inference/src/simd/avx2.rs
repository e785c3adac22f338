//! By AVX2 and FMA, which every x86-64 build has (see the crate's root).

use safe_arch::{
    abs_i8_m256i, add_horizontal_i32_m128i, add_horizontal_i32_m256i, add_i16_m256i, add_i32_m128i,
    add_i32_m256i, add_m128, add_m256, bitand_m256i, bitor_m256i, cast_to_m128_from_m256,
    convert_to_i16_m256i_from_i8_m128i, convert_to_m128_from_i32_m128i,
    convert_to_m256_from_i32_m256i, extract_m128_from_m256, extract_m128i_from_m256i,
    fused_mul_add_m256, m128i, m256, m256i, mul_i16_horizontal_add_m256i, mul_m256,
    mul_u8i8_add_horizontal_saturating_m256i, set_splat_i8_m256i, set_splat_i16_m256i,
    set_splat_i32_m256i, set_splat_m256, shl_imm_u16_m256i, shr_imm_u16_m256i,
    shuffle_av_i8z_all_m128i, shuffle_av_i8z_half_m256i, sign_apply_i8_m256i, zeroed_m256,
    zeroed_m256i,
};

/// 32 bytes, read as the operation says.
#[derive(Clone, Copy)]
pub(crate) struct Int(m256i);

impl Int {
    #[inline(always)]
    pub(crate) fn zero() -> Self {
        Self(zeroed_m256i())
    }

    #[inline(always)]
    pub(crate) fn bytes(bytes: [u8; 32]) -> Self {
        Self(m256i::from(bytes))
    }

    #[inline(always)]
    pub(crate) fn signed_bytes(bytes: [i8; 32]) -> Self {
        Self(m256i::from(bytes))
    }

    #[inline(always)]
    pub(crate) fn words(words: [i16; 16]) -> Self {
        Self(m256i::from(words))
    }

    #[inline(always)]
    pub(crate) fn splat_byte(byte: i8) -> Self {
        Self(set_splat_i8_m256i(byte))
    }

    #[inline(always)]
    pub(crate) fn splat_word(word: i16) -> Self {
        Self(set_splat_i16_m256i(word))
    }

    #[inline(always)]
    pub(crate) fn splat(number: i32) -> Self {
        Self(set_splat_i32_m256i(number))
    }

    #[inline(always)]
    pub(crate) fn to_words(self) -> [i16; 16] {
        self.0.into()
    }

    #[inline(always)]
    pub(crate) fn to_bytes(self) -> [u8; 32] {
        self.0.into()
    }

    #[inline(always)]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(bitand_m256i(self.0, other.0))
    }

    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(bitor_m256i(self.0, other.0))
    }

    /// Every word's bits down by `N`.
    #[inline(always)]
    pub(crate) fn down<const N: i32>(self) -> Self {
        Self(shr_imm_u16_m256i::<N>(self.0))
    }

    /// Every word's bits up by `N`.
    #[inline(always)]
    pub(crate) fn up<const N: i32>(self) -> Self {
        Self(shl_imm_u16_m256i::<N>(self.0))
    }

    /// Sizes of signed bytes.
    #[inline(always)]
    pub(crate) fn size_bytes(self) -> Self {
        Self(abs_i8_m256i(self.0))
    }

    /// Signed bytes times the signs of `by`.
    #[inline(always)]
    pub(crate) fn signed_as(self, by: Self) -> Self {
        Self(sign_apply_i8_m256i(self.0, by.0))
    }

    /// Unsigned bytes times signed bytes, neighbours added to words. No sum may leave the words.
    #[inline(always)]
    pub(crate) fn times_bytes(self, signed: Self) -> Self {
        Self(mul_u8i8_add_horizontal_saturating_m256i(self.0, signed.0))
    }

    /// Words times words, neighbours added to numbers of 32 bits.
    #[inline(always)]
    pub(crate) fn times_words(self, other: Self) -> Self {
        Self(mul_i16_horizontal_add_m256i(self.0, other.0))
    }

    #[inline(always)]
    pub(crate) fn plus_words(self, other: Self) -> Self {
        Self(add_i16_m256i(self.0, other.0))
    }

    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(add_i32_m256i(self.0, other.0))
    }

    /// In each half eight times its word at a place below 8.
    #[inline(always)]
    pub(crate) fn word_of_halves<const PLACE: u8>(self) -> Self {
        const { assert!(PLACE < 8) };
        let places: [u8; 32] = const {
            let mut places = [2 * PLACE; 32];
            let mut at = 1;
            while at < 32 {
                places[at] += 1;
                at += 2;
            }
            places
        };
        Self(shuffle_av_i8z_half_m256i(self.0, m256i::from(places)))
    }

    /// The sums of the eight numbers of 32 bits in each of two vectors.
    #[inline(always)]
    pub(crate) fn two_sums(a: Self, b: Self) -> [f32; 2] {
        let pairs = add_horizontal_i32_m256i(a.0, b.0);
        let fours = add_i32_m128i(
            extract_m128i_from_m256i::<0>(pairs),
            extract_m128i_from_m256i::<1>(pairs),
        );
        let eights = add_horizontal_i32_m128i(fours, fours);
        let [a, b, ..] = convert_to_m128_from_i32_m128i(eights).to_array();
        [a, b]
    }

    /// The sums of the eight numbers of 32 bits in each of four vectors.
    #[inline(always)]
    pub(crate) fn sums([a, b, c, d]: [Self; 4]) -> [f32; 4] {
        let pairs = (add_horizontal_i32_m256i(a.0, b.0), add_horizontal_i32_m256i(c.0, d.0));
        let fours = add_horizontal_i32_m256i(pairs.0, pairs.1);
        let eights = add_i32_m128i(
            extract_m128i_from_m256i::<0>(fours),
            extract_m128i_from_m256i::<1>(fours),
        );
        convert_to_m128_from_i32_m128i(eights).to_array()
    }

    /// Eight numbers of 32 bits as floating ones.
    #[inline(always)]
    pub(crate) fn to_float(self) -> Float {
        Float(convert_to_m256_from_i32_m256i(self.0))
    }
}

/// 16 signed bytes.
#[derive(Clone, Copy)]
pub(crate) struct Half(m128i);

impl Half {
    #[inline(always)]
    pub(crate) fn bytes(bytes: [u8; 16]) -> Self {
        Self(m128i::from(bytes))
    }

    #[inline(always)]
    pub(crate) fn to_bytes(self) -> [i8; 16] {
        self.0.into()
    }

    /// The bytes at some places.
    #[inline(always)]
    pub(crate) fn pick(self, places: [u8; 16]) -> Self {
        Self(shuffle_av_i8z_all_m128i(self.0, m128i::from(places)))
    }

    /// Each as a word.
    #[inline(always)]
    pub(crate) fn to_words(self) -> Int {
        Int(convert_to_i16_m256i_from_i8_m128i(self.0))
    }
}

/// Eight floating numbers.
#[derive(Clone, Copy)]
pub(crate) struct Float(m256);

impl Float {
    #[inline(always)]
    pub(crate) fn zero() -> Self {
        Self(zeroed_m256())
    }

    #[inline(always)]
    pub(crate) fn new(numbers: [f32; 8]) -> Self {
        Self(m256::from(numbers))
    }

    #[inline(always)]
    pub(crate) fn splat(number: f32) -> Self {
        Self(set_splat_m256(number))
    }

    #[inline(always)]
    pub(crate) fn to_array(self) -> [f32; 8] {
        self.0.into()
    }

    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        Self(mul_m256(self.0, other.0))
    }

    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(add_m256(self.0, other.0))
    }

    /// `self × by + to`, rounded once.
    #[inline(always)]
    pub(crate) fn times_plus(self, by: Self, to: Self) -> Self {
        Self(fused_mul_add_m256(self.0, by.0, to.0))
    }

    /// The sum, always in the same order: halves, quarters, neighbours.
    #[inline(always)]
    pub(crate) fn sum(self) -> f32 {
        let half = add_m128(cast_to_m128_from_m256(self.0), extract_m128_from_m256::<1>(self.0));
        let [a, b, c, d] = half.to_array();
        (a + c) + (b + d)
    }
}
