//! Packages as zip files: reading what strangers made without trusting it, and writing the same
//! bytes each time (ECMA-376 part 2, 7).
//!
//! Knows names and bytes only.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::types::{NAME as TYPES, Types};
use super::{Package, Part, damaged, key, refuse};
use crate::export::ExportError;
use crate::export::pptx::xml::decode;

/// How many files a package may hold, and how many bytes unpacked. PowerPoint's own largest
/// templates have some hundred parts; films are what makes decks large.
const MAX_FILES: usize = 20_000;
const MAX_BYTES: u64 = 1 << 30;

/// Of zlib-rs: 545 KB of slides take 1.25 ms and 50 KB; level 1 0.78 ms and 65 KB, the usual 6
/// 3.3 ms and 47 KB.
const LEVEL: i64 = 2;

/// Formats that are packed already: packing them again costs time and gains nothing.
const PACKED: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "mp4", "m4v", "m4a", "mov", "mp3", "wmv", "wma", "webp", "emz",
    "wmz",
];

const CHOOSE: &str = "Choose a .pptx or .potx.";

pub(super) fn read(bytes: &[u8]) -> Result<Package, ExportError> {
    if let Some(error) = no_zip(bytes) {
        return Err(error);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_FILES {
        return Err(refuse(
            format!("it holds {} files, more than any presentation", archive.len()),
            CHOOSE,
        ));
    }
    let mut package = Package::new();
    let mut types = None;
    // What it says of itself, before any of it is unpacked.
    let said: u64 = (0..archive.len())
        .filter_map(|at| archive.by_index_data(at).ok().map(|it| it.size()))
        .fold(0, u64::saturating_add);
    if said > MAX_BYTES {
        return Err(too_large());
    }
    for at in 0..archive.len() {
        let entry = archive.by_index_data(at).map_err(|error| broken(&error))?;
        let name = entry.name().map_err(|error| broken(&error))?.replace('\\', "/");
        if name.ends_with('/') {
            continue;
        }
        if entry.encrypted() {
            return Err(locked());
        }
        let size = entry.size();
        let name = name.strip_prefix('/').unwrap_or(&name).to_owned();
        if name.split('/').any(|step| matches!(step, "" | "." | "..")) {
            return Err(damaged(&name, "no part may have that name"));
        }
        let mut bytes = Vec::new();
        let file = archive.by_index(at).map_err(|error| broken(&error))?;
        // One byte more than it may have tells those that lie about their size.
        file.take(size.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&name, &format!("it cannot be unpacked ({error})")))?;
        if bytes.len() as u64 != size {
            return Err(damaged(&name, "it has another size than the file says"));
        }
        if name.eq_ignore_ascii_case(TYPES) {
            let text = decode(&bytes).ok_or_else(|| damaged(&name, "it is no text"))?;
            let read = Types::parse(text.into_owned()).map_err(|why| damaged(&name, &why))?;
            types = Some(read);
        } else if package.index.insert(key(&name), package.parts.len()).is_some() {
            return Err(damaged(&name, "it is there twice"));
        } else {
            package.parts.push(Some(Part { name, bytes }));
        }
    }
    package.types = types.ok_or_else(|| no_package(&package))?;
    Ok(package)
}

/// What the bytes are, where they are no zip file.
fn no_zip(bytes: &[u8]) -> Option<ExportError> {
    // [MS-CFB] 2.2: the file format of Office before 2007, which also wraps encrypted packages.
    const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let holds = |name: &str| {
        let name = utf16(name);
        bytes.windows(name.len()).any(|it| it == name)
    };
    Some(match bytes {
        [] => refuse("it is empty", CHOOSE),
        _ if bytes.starts_with(b"PK") => return None,
        _ if bytes.starts_with(&COMPOUND) && holds("EncryptedPackage") => locked(),
        _ if bytes.starts_with(&COMPOUND) => refuse(
            "it has the format of Office before 2007 (.ppt, .pot)",
            "Open it in PowerPoint or LibreOffice, save it as .pptx or .potx, and choose that.",
        ),
        _ if bytes.starts_with(b"%PDF") => refuse("it is a PDF", CHOOSE),
        _ => refuse("it is no .pptx or .potx file, or not all of one", CHOOSE),
    })
}

/// What a zip file is that says nothing of its parts.
fn no_package(package: &Package) -> ExportError {
    match package.get("mimetype") {
        Some(kind) if kind.starts_with(b"application/vnd.oasis.opendocument") => refuse(
            "it is an OpenDocument file (.odp, .otp)",
            "Open it in LibreOffice, save it as .pptx or .potx, and choose that.",
        ),
        _ if package.names().any(|name| name.ends_with(".iwa")) => refuse(
            "it is a Keynote file",
            "Open it in Keynote, export it to PowerPoint, and choose that.",
        ),
        _ => refuse("it is a zip file, but no presentation", CHOOSE),
    }
}

fn locked() -> ExportError {
    refuse(
        "a password protects it",
        "Open it in PowerPoint, take the password away (File > Info > Protect Presentation), save \
         it, and choose that.",
    )
}

fn too_large() -> ExportError {
    refuse(
        format!("it unpacks to more than {} MB", MAX_BYTES >> 20),
        "Take its films and largest pictures out, and choose that.",
    )
}

fn broken(error: &zip::result::ZipError) -> ExportError {
    refuse(
        format!("it is damaged, or not all of it is there ({error})"),
        "Copy or download it again, or open it in PowerPoint, save it anew, and choose that.",
    )
}

pub(super) fn write(package: &Package) -> Result<Vec<u8>, ExportError> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::DEFAULT)
        // Whatever system this runs on.
        .system(System::Dos)
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL));
    let all: usize = package.parts.iter().flatten().map(|part| part.bytes.len()).sum();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(all / 4 + 4_096)));
    let types = package.types.to_xml();
    let parts = package.parts.iter().flatten().map(|part| (&*part.name, part.bytes.as_slice()));
    for (name, bytes) in std::iter::once((TYPES, types.as_bytes())).chain(parts) {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let packed = PACKED.iter().any(|it| ending.eq_ignore_ascii_case(it));
        let options = match packed || bytes.is_empty() {
            true => options.compression_method(CompressionMethod::Stored).compression_level(None),
            false => options,
        };
        zip.start_file(name, options)
            .and_then(|()| Ok(zip.write_all(bytes)?))
            .map_err(|error| too_much(&error))?;
    }
    Ok(zip.finish().map_err(|error| too_much(&error))?.into_inner())
}

fn too_much(error: &zip::result::ZipError) -> ExportError {
    refuse(
        format!("the slides do not fit into a file ({error})"),
        "Leave out parts of the deck, or export one stage at a time.",
    )
}
