//! Digital signatures of PDFs, through poppler's `pdfsig`.

use motcua_domain::{DigitalSignature, Integrity};

use crate::{IntakeError, tool::Tool};

const PDFSIG: Tool = Tool::poppler("pdfsig", 15, 1 << 20);

/// Every signature says by this key which bytes it covers, and no filter may hide it.
const MARK: &[u8] = b"/ByteRange";

/// The signatures of a PDF that lies at `path`; the tool is asked only where there may be any.
///
/// # Errors
/// When the tool is not installed or memory is short.
pub(crate) fn read(bytes: &[u8], path: &str) -> Result<Vec<DigitalSignature>, IntakeError> {
    if !bytes.windows(MARK.len()).any(|window| window == MARK) {
        return Ok(Vec::new());
    }
    // Certificates are not looked up: that would go out to the network.
    match PDFSIG.run(&["-nocert", path]) {
        Ok(said) => Ok(signatures(&String::from_utf8_lossy(&said.output))),
        Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => {
            Ok(vec![DigitalSignature { signer: None, integrity: Integrity::Unchecked }])
        }
        Err(error) => Err(error),
    }
}

/// What the tool lists: a block for each signature.
fn signatures(said: &str) -> Vec<DigitalSignature> {
    let mut found: Vec<DigitalSignature> = Vec::new();
    let mut whole = false;
    for line in said.lines().map(|line| line.trim().trim_start_matches("- ")) {
        if line.starts_with("Signature #") {
            found.push(DigitalSignature { signer: None, integrity: Integrity::Unchecked });
            whole = false;
        }
        let Some(last) = found.last_mut() else { continue };
        if let Some(name) = line.strip_prefix("Signer Certificate Common Name: ") {
            last.signer = (name != "(null)").then(|| name.to_owned());
        } else if line == "Total document signed" {
            whole = true;
        } else if let Some(result) = line.strip_prefix("Signature Validation: ") {
            last.integrity = match result {
                "Signature is Valid." if whole => Integrity::Intact,
                "Signature is Valid." => Integrity::Added,
                "Digest Mismatch." | "Signature is Invalid." => Integrity::Broken,
                _ => Integrity::Unchecked,
            };
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_block_of_the_list() {
        let said = "Digital Signature Info of: a.pdf\nSignature #1:\n  - Signer Certificate Common Name: Trần Thu\n  \
            - Not total document signed\n  - Signature Validation: Signature is Valid.\nSignature #2:\n  \
            - Signer Certificate Common Name: (null)\n  - Total document signed\n  \
            - Signature Validation: Digest Mismatch.\n";
        let of = |signer: Option<&str>, integrity| DigitalSignature {
            signer: signer.map(str::to_owned),
            integrity,
        };
        let expected = [of(Some("Trần Thu"), Integrity::Added), of(None, Integrity::Broken)];
        assert_eq!(signatures(said), expected);
        assert!(signatures("File 'a.pdf' does not contain any signatures").is_empty());
    }
}
