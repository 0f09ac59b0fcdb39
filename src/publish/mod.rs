//! Files to `output/`: staged, then swapped in whole.
//!
//! In: the files of a site, one by one and from many threads, through [`Sink`]. Out: the folder.
//! Promise: until [`Stage::publish`] the old site is untouched, and it is replaced in one step
//! where the system can exchange two folders; a folder with anything in it that mingwen did not
//! make is refused; a stage that is dropped leaves nothing behind.

mod manifest;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::slashed;
use crate::error::{Error, Result};
use crate::render::Sink;

/// A site in the making, in a folder beside its later place.
#[derive(Debug)]
pub struct Stage {
    /// The report's root, from which files are copied.
    root: PathBuf,
    /// Where the site will be.
    target: PathBuf,
    /// Where it is being written.
    folder: PathBuf,
    /// What has been written, from the site's top.
    written: Mutex<BTreeSet<String>>,
    /// Folders that are known to be there, so that each is made once.
    made: Mutex<BTreeSet<PathBuf>>,
}

impl Stage {
    /// Prepares to write a site to `target`.
    ///
    /// # Errors
    /// A target that must not be replaced, or one that can't be written.
    pub fn new(root: &Path, target: &Path) -> Result<Self> {
        let target = absolute(target)?;
        refuse_if_precious(root, &target)?;
        manifest::refuse_if_foreign(&target)?;
        let parent = target.parent().unwrap_or(&target);
        if let Some(file) = parent.ancestors().find(|path| path.is_file()) {
            return Err(Error::usage(
                format!(
                    "can't build into {}: {} is a file",
                    slashed(&target),
                    slashed(file)
                ),
                "choose another folder with --output",
            ));
        }
        fs::create_dir_all(parent).map_err(Error::write(parent))?;
        let name = target
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let folder = parent.join(format!(".{name}.staging-{}", std::process::id()));
        remove(&folder)?;
        remove_abandoned(parent, &format!(".{name}.staging-"));
        fs::create_dir(&folder).map_err(Error::write(&target))?;
        Ok(Self {
            root: root.to_owned(),
            target,
            folder,
            written: Mutex::default(),
            made: Mutex::default(),
        })
    }

    /// Puts the staged site in the place of the old one.
    ///
    /// # Errors
    /// When the system refuses; the old site is then still there.
    pub fn publish(self) -> Result<PathBuf> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let list = manifest::text(written.iter().map(String::as_str));
        drop(written);
        let file = self.folder.join(manifest::FILE);
        fs::write(&file, list).map_err(Error::write(&file))?;
        if self.target.exists() {
            swap(&self.folder, &self.target)?;
        } else {
            fs::rename(&self.folder, &self.target).map_err(Error::write(&self.target))?;
        }
        Ok(self.target.clone())
    }

    fn path(&self, path: &str) -> Result<PathBuf> {
        let file = self.folder.join(path);
        if let Some(parent) = file.parent() {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !made.contains(parent) {
                fs::create_dir_all(parent).map_err(Error::write(parent))?;
                made.insert(parent.to_owned());
            }
        }
        self.written
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned());
        Ok(file)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // After a swap this folder holds the old site; after a failure, half a new one.
        // If it can't be removed, nothing depends on it, and there is nobody left to tell.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Sink for Stage {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let file = self.path(path)?;
        fs::write(&file, bytes).map_err(Error::write(file))
    }

    fn copy(&self, path: &str, file: &Path) -> Result<()> {
        let from = self.root.join(file);
        let bytes = fs::read(&from).map_err(Error::read(&from))?;
        self.put(path, &bytes)
    }
}

/// Takes files and forgets them: for checking a report without building it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Discard;

impl Sink for Discard {
    fn put(&self, _: &str, _: &[u8]) -> Result<()> {
        Ok(())
    }

    fn copy(&self, _: &str, _: &Path) -> Result<()> {
        Ok(())
    }
}

/// The path from the system's root, without `.` and `..`, links in its parents followed.
fn absolute(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).map_err(Error::read(path))?;
    let mut clean = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            other => clean.push(other),
        }
    }
    Ok(fs::canonicalize(&clean).unwrap_or(clean))
}

/// A folder that is, or holds, the report itself must never be replaced by a site.
fn refuse_if_precious(root: &Path, target: &Path) -> Result<()> {
    let root = absolute(root)?;
    let inside = |name: &str| target.starts_with(root.join(name));
    let refused = if target.parent().is_none() {
        Some("is the root of the file system")
    } else if root.starts_with(target) {
        Some("holds the report itself")
    } else if ["content", "themes", "sources", "src", ".git"]
        .iter()
        .any(|name| inside(name))
    {
        Some("is a folder of the report's own")
    } else {
        None
    };
    match refused {
        None => Ok(()),
        Some(why) => Err(Error::usage(
            format!("can't build into {}: it {why}", slashed(target)),
            "choose a folder of its own for the site, for instance --output output",
        )),
    }
}

/// Removes what builds have left that were stopped half-way (Ctrl-C): the folders of processes that
/// are no more. One that can't be removed does no harm.
fn remove_abandoned(parent: &Path, start: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix(start).and_then(|id| id.parse().ok());
        if process.is_some_and(is_gone) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_gone(process: i32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(process).is_some_and(|id| test_kill_process(id) == Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_gone(_: i32) -> bool {
    false
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::write(folder)(error))
        }
        _ => Ok(()),
    }
}

/// Exchanges two folders; afterwards the first holds what the second held.
fn swap(staged: &Path, target: &Path) -> Result<()> {
    if exchange(staged, target) {
        return Ok(());
    }
    // Two steps, where one is not to be had; if the second fails, the first is undone.
    let old = staged.with_extension("old");
    remove(&old)?;
    fs::rename(target, &old).map_err(Error::write(target))?;
    if let Err(error) = fs::rename(staged, target) {
        fs::rename(&old, target).map_err(Error::write(target))?;
        return Err(Error::write(target)(error));
    }
    fs::rename(&old, staged).map_err(Error::write(&old))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}
